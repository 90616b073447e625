"""Whatever a plugin does when it is asked, the verb's promise holds: for every hook there is, by the list itself."""

import inspect
import threading
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import pytest

from lms_core.app.plugins import specifications
from lms_core.foundation.calling.breaker import NANOSECONDS
from lms_core.foundation.calling.engine import Engine, HookAborted
from lms_core.foundation.calling.values import LONGEST
from lms_core.foundation.errors import Refusal
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import Work
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Panel
from tests.lms_core.hooks.test_caller import ask, by_verb, engine

PANEL = Panel("good", text("Good"), text("It works."))
Act = Callable[[], Any]


def recursing(made: list[Engine], hook: str) -> Act:
    """An answer that causes the same hook to be asked again, and again."""
    return lambda: ask(made[0], hook)


def hang_up() -> Any:
    raise KeyboardInterrupt


def leave() -> Any:
    raise SystemExit(3)


def abandon() -> Any:
    raise GeneratorExit


class Own(BaseException):
    """An exception that is none, as some libraries have."""


def raise_own() -> Any:
    raise Own("out of the ordinary")


def deep() -> Any:
    return deep()


def words() -> Iterator[str]:
    yield "one at a time"


async def later() -> str:
    return "never awaited"


FAULTS: dict[str, Act] = {
    "raises": lambda: 1 / 0,
    "exits": leave,
    "hangs up": hang_up,
    "abandons": abandon,
    "raises what is no exception": raise_own,
    "recurses": deep,
    "answers a number": lambda: 42,
    "answers words": lambda: "<script>alert(1)</script>",
    "answers a class": lambda: Panel,
    "answers a generator": words,
    "answers a coroutine": later,
    "answers False": lambda: False,
}
WRONG_PANELS: dict[str, Act] = {
    "title": lambda: Panel("k", "words", text("B")),  # type: ignore[arg-type]
    "body": lambda: Panel("k", text("T"), None),  # type: ignore[arg-type]
    "facts": lambda: Panel("k", text("T"), text("B"), (("a", "b"),)),  # type: ignore[arg-type]
    "facts in ones": lambda: Panel("k", text("T"), text("B"), ((text("a"),),)),  # type: ignore[arg-type]
    "action": lambda: Panel("k", text("T"), text("B"), action="/home"),  # type: ignore[arg-type]
    "rank": lambda: Panel("k", text("T"), text("B"), rank="first"),  # type: ignore[arg-type]
    "progress": lambda: Panel("k", text("T"), text("B"), progress="half"),  # type: ignore[arg-type]
    "huge": lambda: Panel("k", text("T"), Text("x" * (LONGEST + 1))),
    "endless": lambda: Panel("k", text("T"), text("B"), ((text("a"), text("b")),) * 20_000),
}


def elsewhere(act: Act) -> Any:
    """What ``act`` gives in a thread, as a server's: there, no KeyboardInterrupt is anybody's who wants to stop."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(act())
        except BaseException as error:  # noqa: BLE001 whatever it is, the test looks at it
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    (given,) = found
    return given


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", by_verb("review"))
def test_a_gate_stays_closed_and_says_whose_it_is(hook: str, fault: str) -> None:
    reason = Refusal("full", text("It is full."))
    made = engine(("guard", hook, FAULTS[fault]), ("other", hook, lambda: reason))
    said = elsewhere(lambda: ask(made, hook))
    assert [(one.code, one.plugin) for one in said] == [("plugin-failed", "guard"), ("full", "other")]
    assert "guard" in str(said[0].reason)


@pytest.mark.parametrize("hook", by_verb("review"))
def test_a_refusal_without_a_reason_that_can_be_read_is_a_failure(hook: str) -> None:
    said = ask(engine(("guard", hook, lambda: Refusal("full", "It is full."))), hook)  # type: ignore[arg-type]
    assert [(one.code, one.plugin) for one in said] == [("plugin-failed", "guard")]


@pytest.mark.parametrize("fault", [*FAULTS, *WRONG_PANELS])
@pytest.mark.parametrize("hook", by_verb("show"))
def test_a_slot_loses_one_panel_and_keeps_the_others(hook: str, fault: str) -> None:
    act = (FAULTS | WRONG_PANELS)[fault]
    made = engine(("bad", hook, act), ("good", hook, lambda: PANEL))
    said = elsewhere(lambda: ask(made, hook))
    assert [(one.plugin, one.panel) for one in said] == [("good", PANEL), ("bad", None)]
    assert said[1].failure.where


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", by_verb("choose"))
def test_a_choice_passes_over_whoever_fails_and_falls_to_the_core(hook: str, fault: str) -> None:
    assert "passed over" in (inspect.getdoc(specifications()[hook]) or "")
    made = engine(("bad", hook, FAULTS[fault]))
    assert elsewhere(lambda: ask(made, hook)) is None
    assert made.hooks[hook].answers[0].failures == 1


@pytest.mark.parametrize("fault", [name for name in FAULTS if not name.startswith("answers")])
@pytest.mark.parametrize("hook", by_verb("after"))
def test_an_after_hook_fails_as_an_exception_that_the_outbox_retries(hook: str, fault: str) -> None:
    heard: list[str] = []
    made = engine(("bad", hook, FAULTS[fault]), ("good", hook, lambda: heard.append(hook)))
    error = elsewhere(lambda: made.deliver("bad", hook, ("…",)))
    assert isinstance(error, Exception)
    assert isinstance(error, HookAborted | ZeroDivisionError | RecursionError)
    made.deliver("good", hook, ("…",))
    assert heard == [hook]


@pytest.mark.parametrize("hook", by_verb("register"))
def test_what_is_asked_anew_leaves_nonsense_out_as_a_whole(hook: str) -> None:
    voice = hook.removeprefix("lms_register_")
    if not hasattr(Hooks, voice):
        assert get_type_hints(specifications()[hook])["return"]
        return
    for act in (*FAULTS.values(), lambda: [42], lambda: "words"):
        made = engine(("bad", hook, act))
        assert elsewhere(lambda made=made: getattr(Hooks(made), voice)(EVERYWHERE)) == ()


@pytest.mark.parametrize("hook", by_verb("review", "choose", "show"))
def test_a_hook_that_asks_itself_is_stopped_at_the_second_step(hook: str) -> None:
    made: list[Engine] = []
    made.append(engine(("mirror", hook, recursing(made, hook)), ("twin", hook, recursing(made, hook))))
    ask(made[0], hook)
    assert [one.calls for one in made[0].hooks[hook].answers] == [1, 1]
    assert [one.failures for one in made[0].hooks[hook].answers] == [1, 1]


@pytest.mark.parametrize("hook", by_verb("review", "choose", "show"))
def test_repeated_overruns_open_the_breaker_and_one_good_call_closes_it(hook: str) -> None:
    now, slow = [1], [True]

    def act() -> None:
        now[0] += (2 if slow[0] else 0) * NANOSECONDS

    made = engine(("slow", hook, act))
    made._clock = lambda: now[0]
    for _ in range(5):
        ask(made, hook)
    (answer,) = made.hooks[hook].answers
    assert answer.breaker.state(now[0]) == "open"
    ask(made, hook)
    assert answer.calls == 5
    now[0] += 31 * NANOSECONDS
    slow[0] = False
    ask(made, hook)
    assert (answer.calls, answer.breaker.state(now[0])) == (6, "closed")


@pytest.mark.parametrize("hook", by_verb("review"))
def test_an_open_breaker_closes_the_gate(hook: str) -> None:
    made = engine(("guard", hook, lambda: 1 / 0))
    for _ in range(20):
        assert [(one.code, one.plugin) for one in ask(made, hook)] == [("plugin-failed", "guard")]
    assert made.hooks[hook].answers[0].calls == 5


@pytest.mark.parametrize("hook", by_verb("review", "choose", "show"))
def test_what_a_hook_writes_is_refused_and_leaves_the_cores_work_whole(hook: str, work: Work) -> None:
    def write() -> None:
        with work.write():
            raise AssertionError("a hook was let in")

    made = engine(("writer", hook, write))
    ask(made, hook)
    assert made.hooks[hook].answers[0].failures == 1
    with work.write() as uow:
        uow.commit()


def test_control_c_of_whoever_runs_the_program_is_nobodys_fault() -> None:
    made = engine(("bad", "lms_show_home", hang_up))
    with pytest.raises(KeyboardInterrupt):
        ask(made, "lms_show_home")
