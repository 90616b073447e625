"""The response processing templates that the specification publishes, by the last part of their address.

An address is only ever recognised, never opened. `CC2_match` of 2.x awards MAXSCORE and repeats the response as
FEEDBACK; that of 3.0 is `match_correct`.
"""

import re
from functools import cache
from typing import Final

from lms_core.assessment.domain.qti.document import Element, read_document
from lms_core.assessment.domain.qti.errors import UnsupportedElement
from lms_core.foundation.text import text

_ADDRESS: Final = re.compile(
    r"https?://(?:[a-z]+\.)?(?:imsglobal|1edtech)\.org/(?:question|spec)/(qti_?v?[0-9p]+|qti/v[0-9p]+)"
    r"/rptemplates/([A-Za-z0-9_]+?)(?:\.xml)?"
)

_KEYED: Final = '<match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>'


def _set(outcome: str, expression: str) -> str:
    return f'<setOutcomeValue identifier="{outcome}">{expression}</setOutcomeValue>'


def _named(word: str) -> str:
    return f'<baseValue baseType="identifier">{word}</baseValue>'


def _either(condition: str, then: str, otherwise: str) -> str:
    return (
        f"<responseCondition><responseIf>{condition}{then}</responseIf>"
        f"<responseElse>{otherwise}</responseElse></responseCondition>"
    )


def _mapped(expression: str) -> str:
    zero, found = '<baseValue baseType="float">0</baseValue>', f'<{expression} identifier="RESPONSE"/>'
    return _either('<isNull><variable identifier="RESPONSE"/></isNull>', _set("SCORE", zero), _set("SCORE", found))


_POINT: Final = _set("SCORE", '<baseValue baseType="float">1</baseValue>')
_NO_POINT: Final = _set("SCORE", '<baseValue baseType="float">0</baseValue>')
_ALL_POINTS: Final = _set("SCORE", '<variable identifier="MAXSCORE"/>')
_REACHED: Final = '<equal toleranceMode="exact"><variable identifier="MAXSCORE"/><variable identifier="SCORE"/></equal>'

_RULES: Final = {
    "match_correct": _either(_KEYED, _POINT, _NO_POINT),
    "map_response": _mapped("mapResponse"),
    "map_response_point": _mapped("mapResponsePoint"),
    "CC2_match": _set("FEEDBACK", '<variable identifier="RESPONSE"/>')
    + f"<responseCondition><responseIf>{_KEYED}{_ALL_POINTS}</responseIf></responseCondition>",
    "CC2_match_basic": _either(
        _KEYED,
        _ALL_POINTS + _set("FEEDBACKBASIC", _named("correct")),
        _set("FEEDBACKBASIC", _named("incorrect")),
    ),
    "CC2_map_response": _mapped("mapResponse")
    + _either(_REACHED, _set("FEEDBACK", _named("correct")), _set("FEEDBACK", _named("incorrect"))),
}


def standard_template(element: Element, address: str) -> Element:
    """The rules of the template that a `responseProcessing` element names. Raises UnsupportedElement.

    The rules stand on the line of that element, so that what goes wrong inside is told there.
    """
    found = _ADDRESS.fullmatch(address.strip())
    name = found[2] if found else ""
    if found and name == "CC2_match" and "v3" in found[1]:
        name = "match_correct"
    if name not in _RULES:
        reason = text(
            "The response processing template “%(address)s” is not known. Write its rules into the item.",
            address=address,
        )
        raise UnsupportedElement.at(element, "unknown-template", reason)
    return _rules(name, element.line)


@cache
def _rules(name: str, line: int) -> Element:
    namespace = "http://www.imsglobal.org/xsd/imsqti_v2p2"
    written = f'<responseProcessing xmlns="{namespace}">{_RULES[name]}</responseProcessing>'
    root = read_document(written.encode()).root
    for each in root.walk():
        each.line = line
    return root
