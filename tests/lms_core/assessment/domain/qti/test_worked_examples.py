"""Items like the specification's worked examples: their keys, mappings and scores, in both spellings of QTI."""

from typing import Any

import pytest

from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import (
    SCORE,
    as_version_3,
    base,
    item,
    mapping,
    operator,
    outcome,
    processing,
    response,
    template,
)

Case = tuple[bytes, list[tuple[Any, float]], float | None]


def choices(name: str, *identifiers: str, most: int = 1, choice: str = "simpleChoice") -> str:
    inside = "".join(f'<{choice} identifier="{each}">{each}</{choice}>' for each in identifiers)
    return f'<{name} responseIdentifier="RESPONSE" shuffle="false" maxChoices="{most}">{inside}</{name}>'


def associable(name: str, choice: str, most: int, **identifiers: int) -> str:
    inside = "".join(
        f'<{choice} identifier="{each}" matchMax="{times}">{each}</{choice}>' for each, times in identifiers.items()
    )
    return f'<{name} responseIdentifier="RESPONSE" shuffle="true" maxAssociations="{most}">{inside}</{name}>'


def gaps(texts: tuple[str, ...], *places: str) -> str:
    choosing = "".join(f'<gapText identifier="{each}" matchMax="1">{each}</gapText>' for each in texts)
    standing = "".join(f'<gap identifier="{each}"/>' for each in places)
    inside = f"{choosing}<p>{standing}</p>"
    return f'<gapMatchInteraction responseIdentifier="RESPONSE" shuffle="false">{inside}</gapMatchInteraction>'


AREA = '<areaMapping defaultValue="{default}"{bounds}>{entries}</areaMapping>'
CIRCLE = '<areaMapEntry shape="circle" coords="{coords}" mappedValue="1"/>'


def circles(*coords: str, default: float = 0, bounds: str = "") -> str:
    entries = "".join(CIRCLE.format(coords=each) for each in coords)
    return AREA.format(default=default, bounds=bounds, entries=entries)


def points(most: int) -> str:
    return f'<selectPointInteraction responseIdentifier="RESPONSE" maxChoices="{most}"/>'


def earned(score: float) -> str:
    return operator("setOutcomeValue", base("float", score), identifier="SCORE")


def branch(name: str, condition: str, score: float) -> str:
    return f"<{name}>{condition}{earned(score)}</{name}>"


def ranking(*names: str) -> str:
    return operator(
        "match", '<variable identifier="RESPONSE"/>', operator("ordered", *(base("identifier", n) for n in names))
    )


PARTLY_ORDERED = processing(
    "<responseCondition>"
    + branch("responseIf", '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>', 2)
    + branch("responseElseIf", ranking("DriverC", "DriverB", "DriverA"), 1)
    + branch("responseElse", "", 0)
    + "</responseCondition>"
)
DRIVERS = ("DriverA", "DriverB", "DriverC")
PLAYS = associable("matchInteraction", "simpleAssociableChoice", 4, C=1, D=1, L=1, P=1, M=4, R=4, T=4)

EXAMPLES: dict[str, Case] = {
    "unattended luggage: one choice": (
        item(
            response("identifier", "ChoiceA") + SCORE,
            template("match_correct"),
            choices("choiceInteraction", "ChoiceA", "ChoiceB", "ChoiceC"),
        ),
        [("ChoiceA", 1), ("ChoiceB", 0), (None, 0)],
        1,
    ),
    "composition of water: several choices, mapped": (
        item(
            response(
                "identifier",
                "H",
                "O",
                cardinality="multiple",
                inside=mapping({"H": 1, "O": 1, "Cl": -1}, lowerBound=0, upperBound=2, defaultValue=-2),
            )
            + SCORE,
            template("map_response"),
            choices("choiceInteraction", "H", "He", "C", "O", "N", "Cl", most=0),
        ),
        [(["H", "O"], 2), (["O", "H", "Cl"], 1), (["H"], 1), (["H", "O", "He"], 0), ([], 0), (["H", "H"], 1)],
        2,
    ),
    "grand prix: an order": (
        item(
            response("identifier", "DriverC", "DriverA", "DriverB", cardinality="ordered") + SCORE,
            template("match_correct"),
            choices("orderInteraction", *DRIVERS),
        ),
        [(["DriverC", "DriverA", "DriverB"], 1), (["DriverA", "DriverC", "DriverB"], 0), (["DriverC", "DriverA"], 0)],
        1,
    ),
    "grand prix: an order that is partly right": (
        item(
            response("identifier", "DriverC", "DriverA", "DriverB", cardinality="ordered") + SCORE,
            PARTLY_ORDERED,
            choices("orderInteraction", *DRIVERS),
        ),
        [
            (["DriverC", "DriverA", "DriverB"], 2),
            (["DriverC", "DriverB", "DriverA"], 1),
            (["DriverB", "DriverA", "DriverC"], 0),
        ],
        2,
    ),
    "rivals: pairs without direction": (
        item(
            response(
                "pair",
                "A P",
                "C M",
                "D L",
                cardinality="multiple",
                inside=mapping({"A P": 2, "C M": 1, "D L": 1}, defaultValue=0),
            )
            + SCORE,
            template("map_response"),
            associable("associateInteraction", "simpleAssociableChoice", 3, A=1, C=1, D=1, L=1, M=1, P=1),
        ),
        [(["A P", "C M", "D L"], 4), (["P A"], 2), ([["M", "C"], ["L", "D"]], 2), (["A C"], 0), (["A P", "P A"], 2)],
        4,
    ),
    "characters and plays: directed pairs": (
        item(
            response(
                "directedPair",
                "C R",
                "D M",
                "L M",
                "P T",
                cardinality="multiple",
                inside=mapping({"C R": 1, "D M": 0.5, "L M": 0.5, "P T": 1}, defaultValue=0),
            )
            + SCORE,
            template("map_response"),
            PLAYS,
        ),
        [(["C R", "D M", "L M", "P T"], 3), (["R C"], 0), (["D M"], 0.5), (["D M", "L M"], 1)],
        3,
    ),
    "richard the third: gaps": (
        item(
            response(
                "directedPair",
                "W G1",
                "Su G2",
                cardinality="multiple",
                inside=mapping({"W G1": 1, "Su G2": 2}, defaultValue=-1, lowerBound=0),
            )
            + SCORE,
            template("map_response"),
            gaps(("W", "Sp", "Su", "A"), "G1", "G2"),
        ),
        [(["W G1", "Su G2"], 3), (["W G1"], 1), (["Su G1"], 0), (["Su G2", "A G1"], 1)],
        3,
    ),
    "richard the third: a drop-down": (
        item(
            response("identifier", "Y") + SCORE,
            template("match_correct"),
            choices("inlineChoiceInteraction", "G", "L", "Y", choice="inlineChoice"),
        ),
        [("Y", 1), ("L", 0)],
        1,
    ),
    "richard the third: written": (
        item(
            response("string", "York", inside=mapping({"York": 1, "york": 0.5}, defaultValue=0)) + SCORE,
            template("map_response"),
            '<textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/>',
        ),
        [("York", 1), ("york", 0.5), ("Lancaster", 0), ("", 0), (None, 0)],
        1,
    ),
    "sentence correction: hot text": (
        item(
            response("identifier", "B") + SCORE,
            template("match_correct"),
            choices("hottextInteraction", *"ABCDE", choice="hottext"),
        ),
        [("B", 1), (["B"], 1), ("E", 0)],
        1,
    ),
    "airports: hot spots": (
        item(
            response("identifier", "A") + SCORE,
            template("match_correct"),
            choices("hotspotInteraction", *"ABCD", choice="hotspotChoice"),
        ),
        [("A", 1), ("D", 0)],
        1,
    ),
    "where is edinburgh: a point": (
        item(
            response("point", "102 113", inside=circles("102,113,16")) + SCORE,
            template("map_response_point"),
            points(1),
        ),
        [("102 113", 1), ([102, 129], 1), ("102 130", 0), (None, 0)],
        1,
    ),
    "airport locations: several points": (
        item(
            response(
                "point",
                "118 184",
                "150 235",
                "96 114",
                cardinality="multiple",
                inside=circles("118,184,12", "150,235,12", "96,114,12", default=-1, bounds=' lowerBound="0"'),
            )
            + SCORE,
            template("map_response_point"),
            points(3),
        ),
        [
            (["118 184", "150 235", "96 114"], 3),
            (["118 184", "119 184"], 1),
            (["118 184", "0 0"], 0),
            (["0 0", "1 1"], 0),
            ([[118, 184], [96, 114]], 2),
        ],
        3,
    ),
    "jedburgh: a slider": (
        item(
            response("integer", "16", inside=mapping({"16": 1}, defaultValue=0)) + SCORE,
            template("map_response"),
            '<sliderInteraction responseIdentifier="RESPONSE" lowerBound="0" upperBound="100" step="1"/>',
        ),
        [(16, 1), ("16", 1), (17, 0)],
        1,
    ),
    "writing a postcard: marked by a person": (
        item(
            response("string") + outcome("SCORE", default="0"),
            "",
            '<extendedTextInteraction responseIdentifier="RESPONSE"/>',
        ),
        [("Dear Sam, ...", 0)],
        None,
    ),
}


@pytest.mark.parametrize("spelling", [bytes, as_version_3], ids=["2.1", "3.0"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_response_earns_what_the_specification_says(name, spelling):
    data, expected, maximum = EXAMPLES[name]
    for given, score in expected:
        scored = score_file(spelling(data), given)
        assert (given, scored.outcomes["SCORE"]) == (given, score)
        assert scored.maximum == maximum
        assert (scored.maximum_reason is None) == (maximum is not None)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_response_by_its_variable_and_in_the_json_of_qti_earns_the_same(name):
    data, expected, _ = EXAMPLES[name]
    for given, score in expected:
        assert score_file(data, {"RESPONSE": given}).outcomes["SCORE"] == score
