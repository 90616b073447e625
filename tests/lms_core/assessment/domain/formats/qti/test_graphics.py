"""Interactions on a picture come as what asks the same in words; where only the picture speaks, they are refused."""

import io

import pytest

from lms_core.assessment.domain.formats import CORE_FORMATS, format_of, read_items
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import HotspotInteraction, MatchInteraction, OrderInteraction, Pair, Provenance

OURS = Provenance("CC-BY-4.0", "Academy")
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p2"
MATCH = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"
POINTS = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response_point"
PICTURE = '<object data="map.png" type="image/png" width="200" height="100">A map</object>'


def only(
    kind: str, inside: str, key: str, cardinality: str, base: str, mapping: str = "", rule: str = MATCH
) -> ReadItem:
    written = (
        f'<assessmentItem xmlns="{QTI}" identifier="I" title="T" adaptive="false" timeDependent="false">'
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{key}</correctResponse>{mapping}</responseDeclaration>"
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f'<itemBody><{kind} responseIdentifier="RESPONSE"><prompt>Where?</prompt>{PICTURE}{inside}</{kind}></itemBody>'
        f'<responseProcessing template="{rule}"/></assessmentItem>'
    )
    options = ReadOptions("a.qti.xml", "en", OURS)
    (found,) = read_items(format_of(CORE_FORMATS, "a.qti.xml"), io.BytesIO(written.encode()), options)
    return found


def regions(name: str, labels: tuple[str, ...] = ("Seoul", "Busan", "Jeju", "Daegu")) -> str:
    return "".join(
        f'<{name} identifier="{one}" matchMax="1" shape="circle" coords="{at}0,20,5"'
        + (f' hotspotLabel="{label}"/>' if label else "/>")
        for at, (one, label) in enumerate(zip("ABCD", labels, strict=True), 1)
    )


def values(*said: str) -> str:
    return "".join(f"<value>{one}</value>" for one in said)


def rules(found: ReadItem) -> set[str]:
    return {one.rule for one in found.problems}


def test_regions_in_order_become_an_ordering_by_their_names() -> None:
    found = only("graphicOrderInteraction", regions("hotspotChoice"), values(*"BADC"), "ordered", "identifier")
    assert found.content
    asked = found.content.interaction
    assert isinstance(asked, OrderInteraction)
    assert ([one.text["en"] for one in asked.choices], asked.key) == (
        ["Seoul", "Busan", "Jeju", "Daegu"],
        tuple("BADC"),
    )
    assert found.content.scoring == "all-or-nothing"
    assert {"converted-type", "lost-picture"} <= rules(found)


def test_pairs_of_regions_become_a_matching() -> None:
    inside, key = regions("associableHotspot"), values("A B", "C D")
    found = only("graphicAssociateInteraction", inside, key, "multiple", "pair")
    assert found.content
    assert isinstance(found.content.interaction, MatchInteraction)
    assert found.content.interaction.key == (Pair("A", "B"), Pair("C", "D"))


def test_pieces_that_go_onto_regions_are_matched_with_their_names() -> None:
    pieces = '<gapText identifier="T" matchMax="1">Capital</gapText>'
    pieces += f'<gapImg identifier="P" matchMax="1" objectLabel="Port">{PICTURE}</gapImg>'
    inside = pieces + regions("associableHotspot")
    found = only("graphicGapMatchInteraction", inside, values("T A", "P B"), "multiple", "directedPair")
    assert found.content
    asked = found.content.interaction
    assert isinstance(asked, MatchInteraction)
    assert ([one.text["en"] for one in asked.sources], asked.key) == (
        ["Capital", "Port"],
        (Pair("T", "A"), Pair("P", "B")),
    )


def areas(*values: str) -> str:
    entries = "".join(
        f'<areaMapEntry shape="rect" coords="{at}0,0,{at}9,9" mappedValue="{one}"/>' for at, one in enumerate(values, 1)
    )
    return f'<areaMapping defaultValue="0">{entries}</areaMapping>'


def test_a_point_becomes_a_region_to_pick_where_wrong_areas_are_told_too() -> None:
    mapping = areas("1", "0", "0")
    found = only("selectPointInteraction", "", values("14 4"), "single", "point", mapping, POINTS)
    assert found.content
    asked = found.content.interaction
    assert isinstance(asked, HotspotInteraction)
    assert [one.correct for one in asked.areas] == [True, False, False]
    assert (asked.picture.width, asked.areas[0].coordinates) == (200, (10, 0, 19, 9))
    assert "custom-scoring" not in rules(found)


@pytest.mark.parametrize("mapping", ["", areas("1"), areas("0", "0")])
def test_a_point_without_right_and_wrong_areas_is_refused_by_name(mapping: str) -> None:
    found = only("selectPointInteraction", "", values("14 4"), "single", "point", mapping, POINTS)
    assert found.content is None
    assert "selectPointInteraction" in str(found.errors[0].text)


@pytest.mark.parametrize(
    ("kind", "name", "key", "cardinality", "base"),
    [
        ("graphicOrderInteraction", "hotspotChoice", values("A", "B"), "ordered", "identifier"),
        ("graphicAssociateInteraction", "associableHotspot", values("A B"), "multiple", "pair"),
    ],
)
def test_regions_that_only_the_picture_tells_apart_are_refused(
    kind: str, name: str, key: str, cardinality: str, base: str
) -> None:
    found = only(kind, regions(name, ("Seoul", "", "Jeju", "Daegu")), key, cardinality, base)
    assert (found.content, rules(found)) == (None, {"unnamed-region"})
