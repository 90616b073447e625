"""Who is asked: everybody who is registered by now, and nobody on behalf of another registry."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest
from pluggy import PluginManager

from lms_core.foundation.calling.engine import Engine, Snapshot
from lms_core.foundation.paging import Page
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import text
from lms_core.hooks import PROJECT, hookimpl, site
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Panel, SearchSource, Viewer
from tests.support.calling import Switches

SOURCES, HOME = "lms_register_search_sources", "lms_show_home"


def registry(**letter_boxes: object) -> PluginManager:
    manager = PluginManager(PROJECT)
    manager.add_hookspecs(site)
    for name, letter_box in letter_boxes.items():
        manager.register(letter_box, name=name)
    return manager


def finder(name: str) -> SimpleNamespace:
    """A plugin that finds nothing, under this name."""

    def lms_register_search_sources() -> Sequence[SearchSource]:
        return [SearchSource(name, text("Things"), lambda *_: Page((), 0, 1, 25))]

    return SimpleNamespace(lms_register_search_sources=hookimpl(lms_register_search_sources))


def names(engine: Engine) -> list[str]:
    return [one.name for one in Hooks(engine).search_sources(EVERYWHERE)]


@pytest.fixture
def on() -> Callable[[], Snapshot]:
    switches = Switches()
    return lambda: switches


def test_who_registers_after_the_first_question_is_asked_from_then_on(on: Callable[[], Snapshot]) -> None:
    manager = registry(one=finder("one.things"))
    engine = Engine(manager, on)
    assert names(engine) == ["one.things"]
    manager.register(finder("two.things"), name="two")
    assert names(engine) == ["one.things", "two.things"]
    assert Hooks(engine).answers(SOURCES, "two")
    assert engine.listeners(SOURCES) == ("one", "two")


def test_who_has_left_the_registry_is_not_asked_any_more(on: Callable[[], Snapshot]) -> None:
    manager = registry(one=finder("one.things"), two=finder("two.things"))
    engine = Engine(manager, on)
    assert names(engine) == ["one.things", "two.things"]
    manager.unregister(name="one")
    assert names(engine) == ["two.things"]


def test_a_newcomer_costs_nobody_the_rest_that_was_earned(on: Callable[[], Snapshot]) -> None:
    """Otherwise a plugin that hangs would be waited for anew whenever another one comes."""

    def lms_show_home(viewer: Viewer) -> Panel | None:
        raise ZeroDivisionError(viewer)

    manager = registry(bad=SimpleNamespace(lms_show_home=hookimpl(lms_show_home)))
    engine = Engine(manager, on)
    for _ in range(5):
        engine.ask(HOME, EVERYWHERE, (None,), Panel)
    manager.register(SimpleNamespace(lms_show_home=hookimpl(lambda: None)), name="other")
    engine.ask(HOME, EVERYWHERE, (None,), Panel)
    bad, other = engine.hook(HOME).answers
    assert (bad.failures, bool(bad.breaker.open_until), other.calls) == (5, True, 1)


def test_engines_that_come_and_go_leave_nothing_that_another_takes_for_its_own(on: Callable[[], Snapshot]) -> None:
    """An address is used again once its owner is collected: plans that were kept by it would be a stranger's."""
    registries = {name: registry(one=finder(name)) for name in ("one.first", "one.second", "one.third")}
    assert [names(Engine(manager, on)) for manager in registries.values()] == [[name] for name in registries]


def test_a_hook_that_nobody_specified_has_no_listeners(on: Callable[[], Snapshot]) -> None:
    engine = Engine(registry(), on)
    assert engine.listeners("lms_after_nothing") == ()
    assert not Hooks(engine).answers("lms_after_nothing", "one")
    with pytest.raises(KeyError):
        engine.plan("lms_after_nothing", EVERYWHERE)
