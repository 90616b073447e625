"""The hook reference says of every hook what an author has to know, from the sources."""

import pytest

from lms_core.app.plugins import specifications
from tests.support import reference
from tests.support.reference_sources import ROOT, answers, example

HOOKS = sorted(
    {name for module in (*reference.SPECIFICATIONS, *reference.OPENED) for name in reference.specified(module)}
)
SECTIONS = {part.partition("\n")[0]: part for part in reference.page().split("\n### ")[1:]}


@pytest.mark.parametrize("hook", HOOKS)
def test_it_says_what_comes_back_what_happens_on_a_fault_since_when_and_who_answers(hook):
    section = SECTIONS[hook]
    for told in ("- answers: `", "- if it fails: ", "- since: ", "- answered by: "):
        assert told in section


@pytest.mark.parametrize("hook", sorted(set(HOOKS) & set(answers())))
def test_its_example_stands_in_the_source_of_whoever_answers(hook):
    shown = example(answers()[hook])
    if shown is not None:
        source = (ROOT / shown.path).read_text(encoding="utf-8")
        assert all(line in source for line in shown.source.splitlines())
        assert shown.source in SECTIONS[hook]


def test_an_example_is_a_plugins_where_any_plugin_answers():
    wrong = {hook for hook, known in answers().items() if any(one.is_plugins for one in known) and not _plugins(known)}
    assert wrong == set()


def _plugins(known):
    shown = example(known)
    return shown is None or shown.is_plugins


def test_reserved_names_are_nobodys_and_say_their_verb():
    reserved = {name for names in reference.RESERVED.values() for name in names}
    assert reserved.isdisjoint(specifications())
    assert {name.split("_")[1] for name in reserved} <= set(reference.VERBS)
