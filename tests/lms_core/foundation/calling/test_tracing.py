"""A trace tells whose time was spent, to the last nanosecond, and nothing of what was said."""

import json
from types import SimpleNamespace

import pytest
from pluggy import PluginManager

from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.calling.tracing import LONGEST, Trace, told, trace
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.gates import Rule, Snapshot
from lms_core.foundation.scopes import EVERYWHERE, SITE
from lms_core.foundation.text import text
from lms_core.hooks import PROJECT, hookimpl
from lms_core.hooks.caller import SPECIFICATIONS
from lms_core.hooks.site import Panel

HOME, REVIEW = "lms_show_home", "lms_review_enrolment"


class Clock:
    """Nanoseconds that pass only where a test says so."""

    def __init__(self):
        self.now = 1

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def seen():
    running = Trace()
    token = trace.set(running)
    yield running
    trace.reset(token)


@pytest.fixture
def engine(clock):
    """An engine of plugins that answer one hook each: ``engine(labs=(HOME, act))``."""

    def make(**answers):
        manager = PluginManager(PROJECT)
        for module in SPECIFICATIONS:
            manager.add_hookspecs(module)
        for name, (hook, act) in answers.items():
            manager.register(SimpleNamespace(**{hook: hookimpl(act)}), name=name)
        rules = [Rule(name, SITE, enabled=True) for name in answers]
        snapshot = Snapshot(1, rules, dict.fromkeys(answers, frozenset()))
        return Engine(manager, lambda: snapshot, clock=clock)

    return make


def slow(clock, nanoseconds, answer=None):
    def act():
        clock.now += nanoseconds
        return answer

    return act


def test_all_of_the_hooks_time_is_somebodys(engine, clock, seen):
    made = engine(a=(HOME, slow(clock, 300)), b=(HOME, slow(clock, 700)))
    made.ask(HOME, EVERYWHERE, ("…",), Panel)
    assert [(one.plugin, one.spent) for one in seen.calls()] == [("a", 300), ("b", 700)]
    assert (seen.asked, seen.answered, seen.share) == (1000, 1000, 1.0)


def test_a_hook_asked_inside_another_counts_once(engine, clock, seen):
    asks = []
    made = engine(inner=(REVIEW, slow(clock, 40)), outer=(HOME, lambda: [ask() for ask in asks] and None))
    asks.append(lambda: made.ask(REVIEW, EVERYWHERE, ("…",), Refusal))
    asks.append(slow(clock, 60))

    made.ask(HOME, EVERYWHERE, ("…",), Panel)
    assert [(one.plugin, one.spent, one.depth) for one in seen.calls()] == [("inner", 40, 1), ("outer", 100, 0)]
    assert (seen.asked, seen.answered) == (100, 100)


def test_an_after_hook_counts_with_all_that_it_asks(engine, clock, seen):
    asks = []
    made = engine(inner=(REVIEW, slow(clock, 40)), outer=("lms_after_enrolled", lambda: [ask() for ask in asks]))
    asks.append(lambda: made.ask(REVIEW, EVERYWHERE, ("…",), Refusal))
    asks.append(slow(clock, 60))

    made.deliver("outer", "lms_after_enrolled", ("…",))
    assert (seen.asked, seen.answered) == (100, 100)


def test_a_choice_is_traced_down_to_the_first_answer(engine, clock, seen):
    hook = "lms_choose_score_scale"
    made = engine(a=(hook, slow(clock, 5)), b=(hook, slow(clock, 6, "nonsense")), c=(hook, slow(clock, 7)))
    assert made.first(hook, EVERYWHERE, ("…",), Panel) is None
    assert [(one.plugin, one.spent, one.failed) for one in seen.calls()] == [
        ("a", 5, False),
        ("b", 6, True),
        ("c", 7, False),
    ]
    assert seen.share == 1.0


def test_what_was_said_and_what_an_error_says_is_not_in_a_trace(engine, clock, seen):
    secret = "홍길동"

    def broken():
        raise KeyError(secret)

    panel = Panel("labs", text("Hello, %(name)s", name=secret), text(secret))
    made = engine(a=(HOME, lambda: panel), b=(HOME, broken), c=(HOME, lambda: secret))
    made.ask(HOME, EVERYWHERE, ("…",), Panel)
    assert [one.answer for one in seen.calls()] == ["Panel(labs)", "", ""]
    assert seen.calls()[1].failure.startswith("KeyError (")
    assert secret not in json.dumps(seen.calls(), ensure_ascii=False)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "None"),
        (["a", "b"], "list(2)"),
        ("홍길동", "str"),
        (Refusal("not-agreed", text("No.")), "Refusal(not-agreed)"),
        (Refusal("홍길동", text("No.")), "Refusal"),
        (Panel("010-1234-5678", text("T"), text("B")), "Panel"),
        (Panel("hong@example.org", text("T"), text("B")), "Panel"),
    ],
)
def test_an_answer_is_told_by_its_class_its_size_or_a_fixed_word(value, said):
    assert told(value) == said


def test_a_trace_is_bounded_and_counts_on(engine, clock, seen):
    made = engine(a=(HOME, slow(clock, 1)))
    for _ in range(LONGEST + 5):
        made.ask(HOME, EVERYWHERE, ("…",), Panel)
    assert len(seen.calls()) == LONGEST
    assert (seen.total, seen.answered) == (LONGEST + 5, LONGEST + 5)


def test_nothing_is_kept_where_nobody_traces(engine, clock):
    made = engine(a=(HOME, slow(clock, 1)))
    made.ask(HOME, EVERYWHERE, ("…",), Panel)
    assert trace.get() is None
    assert made.hooks[HOME].answers[0].calls == 1
