import threading
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.host.gates import Gates, Rule, Snapshot
from lms_core.foundation.scopes import KINDS, SITE, Scope, scopes

PLUGINS = {"base": frozenset(), "mid": frozenset({"base"}), "top": frozenset({"mid", "base"}), "free": frozenset()}
CAMPUS = Scope("campus", "1")
HERE = scopes(campus="1", course="7")


def snapshot(*rules: Rule) -> Snapshot:
    return Snapshot(1, rules, PLUGINS, frozenset({"people"}))


def test_without_a_rule_a_plugin_is_off():
    assert not snapshot().enabled("free", HERE)


def test_the_core_is_always_on_and_a_stranger_never():
    assert snapshot().enabled("people", HERE)
    assert not snapshot(Rule("stranger", SITE, enabled=True)).enabled("stranger", HERE)


def test_a_no_for_the_site_is_final():
    assert not snapshot(Rule("free", SITE, enabled=False), Rule("free", CAMPUS, enabled=True)).enabled("free", HERE)


def test_without_a_rule_for_the_site_it_is_on_only_where_a_rule_says_so():
    here = snapshot(Rule("free", CAMPUS, enabled=True))
    assert here.enabled("free", HERE)
    assert not here.enabled("free", scopes(campus="2"))
    assert not here.everywhere("free")
    assert here.anywhere("free")


def test_the_narrower_place_decides():
    rules = (
        Rule("free", SITE, enabled=True),
        Rule("free", CAMPUS, enabled=False),
        Rule("free", Scope("course", "7"), enabled=True),
    )
    assert snapshot(*rules).enabled("free", HERE)
    assert not snapshot(*rules[:2]).enabled("free", HERE)
    assert snapshot(*rules[:2]).enabled("free", scopes(campus="2"))


def test_of_two_places_of_one_kind_the_no_decides():
    both = frozenset({SITE, Scope("organisation", "1"), Scope("organisation", "2")})
    rules = (
        Rule("free", Scope("organisation", "1"), enabled=True),
        Rule("free", Scope("organisation", "2"), enabled=False),
    )
    assert not snapshot(*rules).enabled("free", both)


def test_it_is_off_where_what_it_requires_is_off():
    on = [Rule(name, SITE, enabled=True) for name in ("base", "mid", "top")]
    assert snapshot(*on).enabled("top", HERE)
    off = snapshot(*on, Rule("base", CAMPUS, enabled=False))
    assert not off.enabled("top", HERE)
    assert off.enabled("top", scopes(campus="2"))
    assert not snapshot(on[2]).anywhere("top")


places = st.builds(Scope, st.sampled_from(KINDS[1:]), st.sampled_from("123")) | st.just(SITE)
rule = st.builds(Rule, st.sampled_from(sorted(PLUGINS)), places, st.booleans())


def spoken(rules: dict[tuple[str, Scope], bool], plugin: str, here: frozenset[Scope]) -> bool:
    """The precedence in the words of the design: cohort, course, campus, organisation, site."""
    if rules.get((plugin, SITE)) is False:
        return False
    for kind in ("cohort", "course", "campus", "organisation", "site"):
        said = {rules[plugin, place] for place in here if place.kind == kind and (plugin, place) in rules}
        if said:
            return said == {True}
    return False


@given(st.lists(rule, max_size=12), st.lists(st.frozensets(places, max_size=5), min_size=1, max_size=4))
def test_any_rules_are_read_by_the_precedence_of_the_design(rules, asked):
    last = {(each.plugin, each.scope): each.enabled for each in rules}
    tried = snapshot(*rules)
    for _ in range(2):  # the second answer comes from memory
        for here in asked:
            full = here | {SITE}
            for plugin, needs in PLUGINS.items():
                expected = all(spoken(last, name, full) for name in {plugin, *needs})
                assert tried.enabled(plugin, full) is expected
                assert not expected or tried.anywhere(plugin)


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr("lms_core.foundation.host.gates.MEMORY", 8)
    here = snapshot(Rule("free", SITE, enabled=True))
    assert all(here.enabled("free", scopes(course=str(number))) for number in range(50))
    assert len(here._answers) <= 8


@dataclass
class Shelf:
    """A store of rules in memory that counts how often it is asked."""

    number: int = 1
    kept: tuple[Rule, ...] = ()
    asked: int = 0
    broken: bool = False
    wait: threading.Event = field(default_factory=threading.Event)

    def epoch(self) -> int:
        self.asked += 1
        if self.broken:
            raise ConnectionError
        return self.number

    def rules(self) -> tuple[int, tuple[Rule, ...]]:
        return self.number, self.kept


@pytest.fixture
def clock(monkeypatch):
    moment = [100.0]
    monkeypatch.setattr("lms_core.foundation.host.gates.time.monotonic", lambda: moment[0])
    return moment


def test_the_epoch_is_looked_for_once_a_second(clock):
    shelf = Shelf()
    gates = Gates(shelf, PLUGINS)
    for _ in range(10):
        gates.snapshot()
    assert shelf.asked == 1
    shelf.number, shelf.kept = 2, (Rule("free", SITE, enabled=True),)
    assert not gates.enabled("free", HERE)
    clock[0] += 1.01
    assert gates.enabled("free", HERE)
    assert shelf.asked == 2


def test_an_unchanged_epoch_keeps_the_snapshot_and_its_memory(clock):
    gates = Gates(Shelf(), PLUGINS)
    before = gates.snapshot()
    clock[0] += 5
    assert gates.snapshot() is before


def test_ones_own_change_is_seen_at_once():
    shelf = Shelf()
    gates = Gates(shelf, PLUGINS)
    gates.snapshot()
    shelf.number, shelf.kept = 2, (Rule("free", SITE, enabled=True),)
    assert gates.refresh().enabled("free", HERE)


def test_ones_own_change_is_seen_while_another_thread_still_reads_what_was_before():
    shelf, reading = Shelf(), threading.Event()
    gates = Gates(shelf, PLUGINS, interval=0.0)
    gates.snapshot()
    before, read = shelf.number, shelf.epoch

    def slowly() -> int:
        shelf.epoch = read
        reading.set()
        shelf.wait.wait()
        return before

    shelf.epoch = slowly
    other = threading.Thread(target=gates.snapshot)
    other.start()
    reading.wait()
    shelf.number, shelf.kept = 2, (Rule("free", SITE, enabled=True),)
    threading.Timer(0.05, shelf.wait.set).start()
    assert gates.refresh().enabled("free", HERE)
    other.join()


def test_a_store_that_is_down_leaves_the_old_snapshot_in_force(clock):
    shelf = Shelf(kept=(Rule("free", SITE, enabled=True),))
    gates = Gates(shelf, PLUGINS)
    assert gates.enabled("free", HERE)
    shelf.broken = True
    clock[0] += 2
    assert gates.enabled("free", HERE)
    assert gates.enabled("free", HERE)
    assert shelf.asked == 2


def test_a_store_that_was_never_read_opens_nothing():
    with pytest.raises(ConnectionError):
        Gates(Shelf(broken=True), PLUGINS).snapshot()
