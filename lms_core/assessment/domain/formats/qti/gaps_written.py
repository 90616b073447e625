"""Types whose answers go into the question itself, written: gaps, drop-downs, blanks for words and numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lms_core.assessment.domain.formats.asked import cannot_hold
from lms_core.assessment.domain.formats.qti.declared import mapping, response, text_mapping
from lms_core.assessment.domain.formats.qti.dialects import element
from lms_core.assessment.domain.formats.qti.identifiers import identifier_of
from lms_core.assessment.domain.formats.qti.rules import RESPONSE, SCORE, Marking, Rules
from lms_core.assessment.domain.formats.qti.spelling_patterns import pattern_of
from lms_core.assessment.domain.formats.qti.writing import Told, Tools, Written
from lms_core.assessment.domain.interaction_checks import gaps_of
from lms_core.hooks.items import (
    ChoiceGroup,
    GapMatchInteraction,
    InlineChoiceInteraction,
    NumericField,
    NumericInteraction,
    TextAnswer,
    TextEntryInteraction,
    TextField,
)

HOT_AREA, LABEL, ANSWER = "hot-area", "label", "answer"
"""Classes of what stands around: the settings of a form, the label of one, a blank outside of the question."""


def response_of(name: str) -> str:
    """The response variable of a gap."""
    return f"{RESPONSE}_{identifier_of(name)}"


def write_gap_match(tools: Tools, asked: GapMatchInteraction) -> Written:
    """Type "gap-match"; a text goes into one gap, unless the key needs it in several."""
    placed = [pair.source for pair in asked.key]
    most = "1" if len(set(placed)) == len(placed) else "0"
    texts = (tools.plain("gapText", one, _text(one.identifier), matchMax=most) for one in asked.texts)
    gaps = {name: tools.dialect.tag("gap", identifier=_gap(name)) for name in asked.gaps}
    body = tools.dialect.tag(
        "gapMatchInteraction", *texts, tools.stem(gaps), responseIdentifier=RESPONSE, shuffle="true"
    )
    fitting = {gap: [f"{_text(p.source)} {_gap(p.target)}" for p in asked.key if p.target == gap] for gap in asked.gaps}
    pairs = [pair for each in fitting.values() for pair in each]
    conditions = [tools.rules.either([tools.rules.holds("directedPair", pair) for pair in fitting[g]]) for g in fitting]
    mapped = mapping(tools.dialect, dict.fromkeys(pairs, "1"))
    if tools.content.scoring != "all-or-nothing":
        marking = tools.rules.mapped(float(len(fitting)))
    else:
        alone = all(len(each) == 1 for each in fitting.values())
        marking = tools.rules.matched() if alone else tools.rules.counted(conditions, "all-or-nothing")
    cardinality = {"cardinality": "multiple", "mapping": mapped}
    declared = response(tools.dialect, RESPONSE, "directedPair", pairs, **cardinality)
    told = tuple(Told(_text(one.identifier), tools.says(one.feedback), always=True) for one in asked.texts)
    return Written(declared, body, marking, told=told)


def _text(name: str) -> str:
    return f"text_{identifier_of(name)}"


def _gap(name: str) -> str:
    return f"gap_{identifier_of(name)}"


def write_inline_choice(tools: Tools, asked: InlineChoiceInteraction) -> Written:
    """Type "inline-choice": drop-downs in the question."""
    return _lists(tools, asked, tools.stem({one.identifier: _list(tools, one) for one in asked.groups}))


def write_hot_area(tools: Tools, asked: InlineChoiceInteraction) -> Written:
    """Type "hot-area": labelled drop-downs below the question, with a picture where there is one."""
    shown = asked.picture
    size = {"width": str(shown.width), "height": str(shown.height)} if shown else {}
    picture = element("p", element("img", src=shown.source, alt=tools.says(shown.alt), **size)) if shown else ""
    rows = [
        element("div", tools.blocks(tools.says(one.label)), **{"class": LABEL}) + element("p", _list(tools, one))
        for one in asked.groups
    ]
    return _lists(tools, asked, tools.stem() + element("div", picture, *rows, **{"class": HOT_AREA}))


def _list(tools: Tools, group: ChoiceGroup) -> str:
    choices = (tools.plain("inlineChoice", one, _listed(group, one.identifier)) for one in group.choices)
    variable = response_of(group.identifier)
    return tools.dialect.tag("inlineChoiceInteraction", *choices, responseIdentifier=variable, shuffle="true")


def _listed(group: ChoiceGroup, name: str) -> str:
    """The identifier of a choice: lists may name their choices alike."""
    return f"{identifier_of(group.identifier)}.{identifier_of(name)}"


def _lists(tools: Tools, asked: InlineChoiceInteraction, body: str) -> Written:
    variables = [response_of(one.identifier) for one in asked.groups]
    declared = [
        response(
            tools.dialect,
            variable,
            "identifier",
            [_listed(group, one.identifier) for one in group.choices if one.correct],
        )
        for variable, group in zip(variables, asked.groups, strict=True)
    ]
    told = tuple(
        Told(_listed(group, one.identifier), tools.says(one.feedback))
        for group in asked.groups
        for one in group.choices
    )
    marking = tools.rules.counted([tools.rules.is_match(one) for one in variables], tools.content.scoring)
    return Written("".join(declared), body, marking, told=told, shown_by=tuple(map(tools.rules.variable, variables)))


def write_numeric(tools: Tools, asked: NumericInteraction) -> Written:
    """Type "numeric": the unit stands in the blank, and beside what is typed."""
    fields = {one.identifier: _blank(tools, one.identifier, one.unit) for one in asked.fields}
    declared = (
        response(tools.dialect, response_of(one.identifier), "float", [repr(one.value)]) for one in asked.fields
    )
    conditions = [_is_near(tools.rules, one) for one in asked.fields]
    marking = tools.rules.counted(conditions, tools.content.scoring)
    return Written("".join(declared), _asked_in(tools, fields), marking)


def _is_near(rules: Rules, field: NumericField) -> str:
    variable = response_of(field.identifier)
    return rules.call(
        "equal",
        rules.correct(variable),
        rules.variable(variable),
        toleranceMode="absolute",
        tolerance=f"{field.tolerance!r} {field.tolerance!r}",
    )


def write_text_entry(tools: Tools, asked: TextEntryInteraction) -> Written:
    """Type "text-entry": the accepted words as a mapping, and the rules that take them as we do."""
    if any(answer.match == "pattern" for field in asked.fields for answer in field.answers):
        raise cannot_hold(tools.content)
    fields = {one.identifier: _blank(tools, one.identifier) for one in asked.fields}
    declared = "".join(_accepted(tools, one) for one in asked.fields)
    if tools.content.scoring == "map":
        marking = _by_weight(tools.rules, asked.fields)
    else:
        marking = tools.rules.counted([_is_best(tools.rules, one) for one in asked.fields], tools.content.scoring)
    return Written(declared, _asked_in(tools, fields), marking)


def _accepted(tools: Tools, field: TextField) -> str:
    entries = [
        (words, "1" if one.weight is None else repr(one.weight), one.match == "exact")
        for one in field.answers
        if (words := tools.says(one.text))
    ]
    first = next((tools.says(one.text) for one in _best_first(field.answers)), "")
    mapped = text_mapping(tools.dialect, entries)
    return response(tools.dialect, response_of(field.identifier), "string", [first] if first else [], mapping=mapped)


def _blank(tools: Tools, name: str, unit: str = "") -> str:
    hint = unit or None
    return tools.dialect.tag("textEntryInteraction", responseIdentifier=response_of(name), placeholderText=hint)


def _asked_in(tools: Tools, fields: Mapping[str, str]) -> str:
    """The question with its blanks; a single one may stand below it."""
    there = gaps_of(tools.says(tools.content.stem))
    below = "".join(element("p", blank) for name, blank in fields.items() if name not in there)
    inside = {name: blank for name, blank in fields.items() if name in there}
    return tools.stem(inside) + (element("div", below, **{"class": ANSWER}) if below else "")


def _weight(answer: TextAnswer) -> float:
    return 1.0 if answer.weight is None else answer.weight


def _best_first(answers: Iterable[TextAnswer]) -> list[TextAnswer]:
    return sorted(answers, key=_weight, reverse=True)


def _is_best(rules: Rules, field: TextField) -> str:
    most = max(map(_weight, field.answers))
    return rules.either([each for one in field.answers if _weight(one) >= most for each in _takes(rules, field, one)])


def _takes(rules: Rules, field: TextField, answer: TextAnswer) -> Iterator[str]:
    """Whether an answer is taken, in any of its languages: nobody is wrong for answering in another one."""
    variable = rules.variable(response_of(field.identifier))
    for words in dict.fromkeys(answer.text.values()):
        if pattern := pattern_of(answer, words):
            yield rules.call("patternMatch", variable, pattern=pattern)


def _by_weight(rules: Rules, fields: Sequence[TextField]) -> Marking:
    parts = []
    for field in fields:
        branches = [
            (rules.either(list(_takes(rules, field, one))), rules.add(SCORE, _weight(one) / len(fields)))
            for one in _best_first(field.answers)
        ]
        parts.append(rules.when(*branches))
    parts.append(rules.set(SCORE, rules.within(0.0, 1.0, rules.variable(SCORE))))
    return Marking("".join(parts), 1.0)
