from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.order import arrange, required, requiring
from lms_core.foundation.text import Titles


def rules(arrangement, name: str) -> list[str]:
    return [finding.rule for finding in arrangement.refused[name]]


def test_what_is_required_comes_first_and_names_decide_the_rest(make_manifest):
    manifests = [make_manifest("a", requires={"z": ">=1"}), make_manifest("m"), make_manifest("z"), make_manifest("b")]
    assert arrange(manifests).order == ("b", "m", "z", "a")


def test_a_missing_requirement_is_named_with_what_was_meant(make_manifest):
    found = arrange([make_manifest("labs", requires={"cert_perp": ">=1"}), make_manifest("cert_prep")])
    assert found.order == ("cert_prep",)
    assert rules(found, "labs") == ["missing-requirement"]
    assert found.refused["labs"][0].suggestion == "cert_prep"


def test_a_requirement_that_is_too_old_is_named_with_both_versions(make_manifest):
    found = arrange([make_manifest("labs", requires={"base": ">=2"}), make_manifest("base")])
    assert rules(found, "labs") == ["requirement-version"]
    assert ">=2" in str(found.refused["labs"][0])
    assert "1.0" in str(found.refused["labs"][0])


def test_another_core_contract_is_refused(make_manifest):
    found = arrange([make_manifest("labs", core=">=3")])
    assert rules(found, "labs") == ["core-version"]


def test_a_circle_is_named_whole_and_takes_only_its_dependents_along(make_manifest):
    manifests = [
        make_manifest("a", requires={"b": ""}),
        make_manifest("b", requires={"c": ""}),
        make_manifest("c", requires={"a": ""}),
        make_manifest("rider", requires={"a": ""}),
        make_manifest("free"),
    ]
    found = arrange(manifests)
    assert found.order == ("free",)
    assert {rules(found, name)[0] for name in "abc"} == {"requirement-cycle"}
    assert "a, b, c" in str(found.refused["b"][0])
    assert rules(found, "rider") == ["requires-quarantined"]


def test_quarantine_reaches_everyone_who_requires_it(make_manifest):
    manifests = [make_manifest("top", requires={"mid": ""}), make_manifest("mid", requires={"base": ""})]
    found = arrange(manifests, refused={"base": ()})
    assert found.order == ()
    assert rules(found, "top") == rules(found, "mid") == ["requires-quarantined"]
    assert "mid" in str(found.refused["top"][0])


@given(st.dictionaries(st.integers(0, 12), st.sets(st.integers(0, 12), max_size=3), max_size=13))
def test_any_graph_is_ordered_or_refused_and_nobody_precedes_what_it_requires(graph):
    titles = Titles("x", "x")
    manifests = [
        Manifest(f"p{node}", Version("1"), titles, titles, SpecifierSet(), {f"p{n}": SpecifierSet() for n in needs})
        for node, needs in graph.items()
    ]
    found = arrange(manifests)
    known = {manifest.id: manifest for manifest in manifests}
    assert set(found.order) | set(found.refused) == set(known)
    assert not set(found.order) & set(found.refused)
    for place, name in enumerate(found.order):
        assert set(known[name].requires) <= set(found.order[:place])
    for name in found.refused:
        assert found.refused[name]
        needs = required(name, known)
        assert needs - set(known) or name in needs or any(other in required(other, known) for other in needs)
        assert requiring({name}, manifests) <= set(found.refused)
