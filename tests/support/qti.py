"""QTI items as text, in the spelling of 2.x or of 3.0, and single expressions by themselves."""

import re
from random import Random
from typing import Any

from lms_core.assessment.domain.qti.checks import require_rules
from lms_core.assessment.domain.qti.declarations import read_item
from lms_core.assessment.domain.qti.document import read_document
from lms_core.assessment.domain.qti.expressions import evaluate
from lms_core.assessment.domain.qti.lexical import json_of
from lms_core.assessment.domain.qti.responses import read_response
from lms_core.assessment.domain.qti.state import State
from lms_core.assessment.domain.qti.values import Value

QTI_2_1 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
QTI_3_0 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'

_TAG = re.compile(r"<(/?)([A-Za-z0-9]+)((?:\s+[A-Za-z:]+=\"[^\"]*\")*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"([A-Za-z:]+)=\"([^\"]*)\"")
_HTML = {"p", "span", "img", "object", "div", "b"}


def response(
    base_type: str, *correct: str, cardinality: str = "single", inside: str = "", identifier: str = "RESPONSE"
) -> str:
    """A response declaration with its correct values."""
    values = "".join(f"<value>{each}</value>" for each in correct)
    key = f"<correctResponse>{values}</correctResponse>" if correct else ""
    head = f'identifier="{identifier}" cardinality="{cardinality}" baseType="{base_type}"'
    return f"<responseDeclaration {head}>{key}{inside}</responseDeclaration>"


def outcome(identifier: str, base_type: str = "float", default: str = "", inside: str = "") -> str:
    """An outcome declaration of single cardinality."""
    value = f"<defaultValue><value>{default}</value></defaultValue>" if default else ""
    head = f'identifier="{identifier}" cardinality="single" baseType="{base_type}"'
    return f"<outcomeDeclaration {head}>{value}{inside}</outcomeDeclaration>"


def mapping(entries: dict[str, float], **attributes: object) -> str:
    """A mapping of keys to numbers."""
    rows = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in entries.items())
    return f"<mapping {_written(attributes)}>{rows}</mapping>"


def template(name: str) -> str:
    """Response processing by a standard template."""
    return f'<responseProcessing template="{TEMPLATES}{name}"/>'


def processing(rules: str) -> str:
    """Response processing by rules."""
    return f"<responseProcessing>{rules}</responseProcessing>"


def item(declarations: str, rules: str = "", body: str = "", *, adaptive: bool = False) -> bytes:
    """An item of QTI 2.1."""
    head = f'xmlns="{QTI_2_1}" identifier="item" title="Item" adaptive="{str(adaptive).lower()}" timeDependent="false"'
    return f"<assessmentItem {head}>\n{declarations}\n<itemBody>{body}</itemBody>\n{rules}\n</assessmentItem>".encode()


def as_version_3(data: bytes) -> bytes:
    """The same item in the spelling of QTI 3.0."""
    written = data.decode().replace(QTI_2_1, QTI_3_0).replace(TEMPLATES, TEMPLATES.replace("v2p1", "v3p0"))
    return _TAG.sub(_respelt, written).encode()


def value_of(expression: str, declarations: str = "", responses: Any = None, seed: int = 0) -> Value:
    """What an expression comes to in an item with these declarations, once it was checked as a rule is."""
    root = read_document(
        item(declarations, processing(f'<setOutcomeValue identifier="X">{expression}</setOutcomeValue>'))
    )
    read = read_item(root)
    assert read.response_processing is not None
    require_rules(read.response_processing, "response")
    state = State(read, Random(seed))
    for each in read.variables.values():
        state.values[each.identifier] = state.default(each)
    state.values |= read_response(read, responses or {})
    return evaluate(read.response_processing.children[0].children[0], state)


def json_value(expression: str, declarations: str = "", responses: Any = None, seed: int = 0) -> Any:
    """The same as JSON."""
    return json_of(value_of(expression, declarations, responses, seed))


def base(base_type: str, written: object) -> str:
    """A literal; None is NULL."""
    return "<null/>" if written is None else f'<baseValue baseType="{base_type}">{written}</baseValue>'


def operator(element: str, /, *operands: str, **attributes: object) -> str:
    """An expression with its operands and attributes."""
    return f"<{element} {_written(attributes)}>{''.join(operands)}</{element}>"


def numbers(*values: float | None) -> str:
    """Literals: whole numbers as integers, others as floats, None as NULL."""
    return "".join(base("integer" if isinstance(each, int) else "float", each) for each in values)


def _written(attributes: dict[str, object]) -> str:
    return " ".join(
        f'{name}="{str(value).lower() if isinstance(value, bool) else value}"' for name, value in attributes.items()
    )


def _kebab(camel: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z]+)", lambda found: "-" + found[1].lower(), camel)


def _respelt(found: re.Match[str]) -> str:
    closing, name, attributes, ended = found.groups()
    is_html = name in _HTML
    spelt = name if is_html else f"qti-{_kebab(name)}"
    told = _ATTRIBUTE.sub(
        lambda each: f'{each[1] if is_html or ":" in each[1] else _kebab(each[1])}="{each[2]}"', attributes
    )
    return f"<{closing}{spelt}{told}{'/' if ended else ''}>"
