"""Every hook keeps its verb's promise when a plugin raises, answers nonsense, hangs on, or writes where it may not."""

import inspect
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from pluggy import PluginManager

from lms_core.app.plugins import specifications
from lms_core.foundation.calling.answers import Failure
from lms_core.foundation.calling.breaker import NANOSECONDS
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.calling.tracing import Trace, trace
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.gates import Rule, Snapshot
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, scopes
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work, WriteRefused
from lms_core.hooks import PROJECT, hookimpl
from lms_core.hooks.caller import SPECIFICATIONS, Hooks
from lms_core.hooks.progress import CompletionVerdict
from lms_core.hooks.site import Panel

HOOKS = sorted(specifications())
Act = Callable[[], Any]


def by_verb(*verbs: str) -> list[str]:
    return [hook for hook in HOOKS if hook.split("_")[1] in verbs]


def plugin(hook: str, act: Act) -> SimpleNamespace:
    """A plugin that answers ``hook``, whatever its arguments, by ``act``."""
    names = ", ".join(inspect.signature(specifications()[hook]).parameters)
    space: dict[str, Any] = {"act": act}
    exec(f"def {hook}({names}): return act()", space)
    return SimpleNamespace(**{hook: hookimpl(space[hook])})


def engine(*answers: tuple[str, str, Act], rules: tuple[Rule, ...] = (), budget: float = 0.2) -> Engine:
    """An engine in which each ``(plugin, hook, act)`` is registered and on."""
    manager = PluginManager(PROJECT)
    for module in SPECIFICATIONS:
        manager.add_hookspecs(module)
    for name, hook, act in answers:
        manager.register(plugin(hook, act), name=name)
    on = tuple(Rule(name, SITE, enabled=True) for name, _, _ in answers)
    snapshot = Snapshot(1, (*on, *rules), {name: frozenset() for name, _, _ in answers})
    return Engine(manager, lambda: snapshot, budget)


def ask(made: Engine, hook: str) -> Any:
    """Ask ``hook`` through the typed voice, with anything for its facts."""
    voice = getattr(Hooks(made), hook.removeprefix("lms_"))
    viewer = SimpleNamespace(scopes=EVERYWHERE)
    given = {
        name: viewer if name == "viewer" else EVERYWHERE if name == "on" else "…"
        for name in inspect.signature(voice).parameters
    }
    return voice(**given)


def broken() -> Any:
    raise ZeroDivisionError("a plugin's own fault")


FAULTS: dict[str, Act] = {"raises": broken, "answers nonsense": lambda: 42}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", by_verb("review"))
def test_a_gate_whose_reviewer_fails_refuses_and_names_the_plugin(hook: str, fault: str) -> None:
    act = FAULTS[fault]
    said = ask(engine(("guard", hook, act), ("other", hook, lambda: None)), hook)
    assert [(one.code, one.plugin) for one in said] == [("plugin-failed", "guard")]


@pytest.mark.parametrize("hook", by_verb("review"))
def test_a_gate_shows_every_reason_with_its_plugin(hook: str) -> None:
    reason = Refusal("full", text("It is full."))
    said = ask(
        engine(("one", hook, lambda: reason), ("two", hook, lambda: reason), ("three", hook, lambda: None)), hook
    )
    assert [one.plugin for one in said] == ["one", "two"]


@pytest.mark.parametrize("hook", by_verb("show"))
def test_a_slot_keeps_the_panels_of_the_others(hook: str) -> None:
    panel = Panel("good", text("Good"), text("It works."))
    said = ask(engine(("bad", hook, broken), ("worse", hook, lambda: "<b>"), ("good", hook, lambda: panel)), hook)
    assert [(one.plugin, bool(one.failure)) for one in said] == [("good", False), ("bad", True), ("worse", True)]


@pytest.mark.parametrize("hook", by_verb("choose"))
def test_a_choice_falls_to_the_core_where_a_plugin_fails(hook: str) -> None:
    assert ask(engine(("bad", hook, broken), ("worse", hook, lambda: "nonsense")), hook) is None


def test_a_choice_is_the_first_good_answer() -> None:
    hook = "lms_choose_completion_rule"
    first, second = CompletionVerdict(True, "first"), CompletionVerdict(False, "second")
    made = engine(("bad", hook, broken), ("one", hook, lambda: first), ("two", hook, lambda: second))
    assert ask(made, hook) == first


@pytest.mark.parametrize("hook", by_verb("after"))
def test_what_an_after_hook_raises_reaches_the_outbox_alone(hook: str) -> None:
    heard: list[str] = []
    made = engine(("bad", hook, broken), ("good", hook, lambda: heard.append(hook)))
    with pytest.raises(ZeroDivisionError):
        made.deliver("bad", hook, ("…",))
    made.deliver("good", hook, ("…",))
    assert heard == [hook]
    assert made.listeners(hook) == ("bad", "good")


@pytest.mark.parametrize("hook", by_verb("review", "choose", "show"))
def test_a_hook_cannot_write(hook: str, work: Work) -> None:
    seen: list[type[BaseException]] = []

    def write() -> None:
        try:
            with work.write() as uow:
                uow.commit()
        except WriteRefused as refused:
            seen.append(type(refused))
            raise

    ask(engine(("writer", hook, write)), hook)
    assert seen == [WriteRefused]


def test_a_plugin_that_is_off_somewhere_is_not_asked_there() -> None:
    hook, campus = "lms_show_campus_page", Scope("campus", "c1")
    made = engine(("one", hook, broken), rules=(Rule("one", campus, enabled=False),))
    assert made.ask(hook, scopes(campus="c1"), ("…", "…"), Panel) == []
    assert len(made.ask(hook, scopes(campus="c2"), ("…", "…"), Panel)) == 1


def test_an_open_breaker_refuses_at_once_and_never_opens_a_gate() -> None:
    calls: list[int] = []

    def failing() -> None:
        calls.append(1)
        raise ZeroDivisionError

    hook = "lms_review_enrolment"
    made = engine(("bad", hook, failing))
    said = [ask(made, hook) for _ in range(8)]
    assert len(calls) == 5
    assert all(one[0].code == "plugin-failed" for one in said)


def test_a_breaker_lets_one_call_try_again_and_closes_when_it_works() -> None:
    hook, works = "lms_review_enrolment", [False]
    made = engine(("bad", hook, lambda: None if works[0] else broken()))
    for _ in range(6):
        ask(made, hook)
    breaker = made.hooks[hook].answers[0].breaker
    breaker.open_until -= 31 * NANOSECONDS
    works[0] = True
    assert ask(made, hook) == ()
    assert (breaker.failures, breaker.open_until) == (0, 0)


def test_an_overrun_is_counted_and_its_answer_kept() -> None:
    hook = "lms_show_home"
    panel = Panel("slow", text("Slow"), text("It takes its time."))

    def slow() -> Panel:
        time.sleep(0.02)
        return panel

    made = engine(("slow", hook, slow), budget=0.005)
    assert ask(made, hook)[0].panel == panel
    assert made.hooks[hook].answers[0].failures == 1


def test_a_trace_tells_whose_answers_took_how_long() -> None:
    seen = Trace()
    token = trace.set(seen)
    try:
        ask(engine(("good", "lms_show_home", lambda: None), ("bad", "lms_show_home", broken)), "lms_show_home")
    finally:
        trace.reset(token)
    assert [(one.plugin, one.failed) for one in seen.calls()] == [("good", False), ("bad", True)]
    assert all(one.spent > 0 for one in seen.calls())


def test_a_failure_says_where_the_fault_stands() -> None:
    made = engine(("bad", "lms_show_home", broken))
    (failure,) = made.ask("lms_show_home", EVERYWHERE, ("…",), Panel)
    assert isinstance(failure, Failure)
    assert "ZeroDivisionError: a plugin's own fault" in failure.reason
