"""What each type of item writes: its response variables, its interaction, and rules that mark as we do."""

from collections.abc import Mapping, Sequence
from typing import Final

from lms_core.assessment.domain.formats.qti.declared import mapping, response
from lms_core.assessment.domain.formats.qti.dialects import element
from lms_core.assessment.domain.formats.qti.gaps_written import (
    write_gap_match,
    write_hot_area,
    write_inline_choice,
    write_numeric,
    write_text_entry,
)
from lms_core.assessment.domain.formats.qti.identifiers import identifier_of
from lms_core.assessment.domain.formats.qti.pairs_written import write_matching
from lms_core.assessment.domain.formats.qti.rules import RESPONSE, SCORE, Marking, Rules
from lms_core.assessment.domain.formats.qti.writing import Told, Tools, Write, Written
from lms_core.hooks.items import (
    Area,
    Choice,
    ChoiceInteraction,
    Criterion,
    ExtendedTextInteraction,
    HotspotInteraction,
    OrderInteraction,
)

Picked = Sequence[Choice] | Sequence[Area]


def write_choices(tools: Tools, asked: ChoiceInteraction) -> Written:
    """Types "choice" and "multiple-response"."""
    several = tools.content.type != "choice"
    listed = (tools.choice("simpleChoice", one, identifier_of(one.identifier)) for one in asked.choices)
    body = tools.dialect.tag(
        "choiceInteraction",
        *listed,
        responseIdentifier=RESPONSE,
        shuffle=str(asked.shuffle).lower(),
        maxChoices="0" if several else "1",
    )
    weights = {identifier_of(one.identifier): one.weight for one in asked.choices if one.weight is not None}
    return _picked(tools, asked.choices, tools.stem() + body, weights, several=several)


def write_hot_spot(tools: Tools, asked: HotspotInteraction) -> Written:
    """Type "hot-spot": regions of a picture that are picked like choices."""
    several = sum(area.correct for area in asked.areas) != 1
    shown = asked.picture
    picture = tools.picture(shown.source, tools.says(shown.alt), shown.width, shown.height)
    spots = (
        tools.dialect.tag(
            "hotspotChoice",
            identifier=identifier_of(area.identifier),
            shape=area.shape,
            coords=",".join(map(str, area.coordinates)),
            hotspotLabel=tools.says(area.label),
        )
        for area in asked.areas
    )
    most = "0" if several else "1"
    body = tools.dialect.tag("hotspotInteraction", picture, *spots, responseIdentifier=RESPONSE, maxChoices=most)
    return _picked(tools, asked.areas, tools.stem() + body, {}, several=several)


def _picked(tools: Tools, choices: Picked, body: str, weights: Mapping[str, float], *, several: bool) -> Written:
    right = [identifier_of(one.identifier) for one in choices if one.correct]
    told = tuple(Told(identifier_of(one.identifier), tools.says(one.feedback)) for one in choices)
    marking, mapped = _pick_marking(tools, right, weights, several=several)
    cardinality = "multiple" if several else "single"
    declared = response(tools.dialect, RESPONSE, "identifier", right, cardinality=cardinality, mapping=mapped)
    return Written(declared, body, marking, told=told, shown_by=(tools.rules.variable(RESPONSE),))


def _pick_marking(
    tools: Tools, right: Sequence[str], weights: Mapping[str, float], *, several: bool
) -> tuple[Marking, str]:
    scoring, dialect = tools.content.scoring, tools.dialect
    by_weight = {name: repr(weight) for name, weight in weights.items()}
    if scoring == "map" and weights:
        return tools.rules.mapped(1.0), mapping(dialect, by_weight, 0.0, 0.0, 1.0)
    if scoring == "all-or-nothing":
        return tools.rules.matched(), mapping(dialect, by_weight)
    # A wrong pick takes a point back, or picking everything would earn all.
    most = float(len(right))
    shares = mapping(dialect, dict.fromkeys(right, "1"), -1.0 if several else 0.0, 0.0, most)
    return tools.rules.mapped(most), shares


def write_ordering(tools: Tools, asked: OrderInteraction) -> Written:
    """Type "ordering"; steps that do not belong are left out."""
    right = [identifier_of(name) for name in asked.key]
    extra = len(asked.choices) - len(right)
    body = tools.dialect.tag(
        "orderInteraction",
        *(tools.choice("simpleChoice", one, identifier_of(one.identifier)) for one in asked.choices),
        responseIdentifier=RESPONSE,
        shuffle="true",
        minChoices="1" if extra else None,
        maxChoices=str(len(asked.choices)) if extra else None,
    )
    declared = response(tools.dialect, RESPONSE, "identifier", right, cardinality="ordered")
    told = tuple(Told(identifier_of(one.identifier), tools.says(one.feedback), always=True) for one in asked.choices)
    marking = _order_marking(tools.rules, right, extra) if tools.content.scoring != "all-or-nothing" else None
    return Written(declared, tools.stem() + body, marking or tools.rules.matched(), told=told)


def _order_marking(rules: Rules, right: Sequence[str], extra: int) -> Marking:
    """A point for each step in its place; each step placed beyond the last one takes a point back."""
    places = enumerate(right, 1)
    steps = [_in_place(rules, name, place) for place, name in places]
    counted = rules.counted(steps, "partial")
    if not extra:
        return counted
    size = rules.call("containerSize", rules.variable(RESPONSE))
    beyond = rules.within(0.0, None, rules.call("subtract", size, rules.number(len(right))))
    left = rules.within(0.0, None, rules.call("subtract", rules.variable(SCORE), beyond))
    return Marking(counted.rules + rules.set(SCORE, left), counted.maximum)


def _in_place(rules: Rules, name: str, place: int) -> str:
    given = rules.call("index", rules.variable(RESPONSE), n=str(place))
    return rules.call("match", given, rules.value("identifier", name))


def write_extended_text(tools: Tools, asked: ExtendedTextInteraction) -> Written:
    """Type "extended-text": its rubric is for those who score, and so is the model answer."""
    answer = tools.says(asked.model_answer)
    body = [
        tools.stem(),
        tools.dialect.tag("extendedTextInteraction", responseIdentifier=RESPONSE),
        *(_for_scorers(tools, tools.says(line.text), "criterion", line) for line in asked.rubric),
        _for_scorers(tools, answer, "model-answer") if answer else "",
    ]
    declared = response(tools.dialect, RESPONSE, "string", ())
    return Written(declared, "".join(body), None, sum(line.points for line in asked.rubric))


def _for_scorers(tools: Tools, words: str, kind: str, line: Criterion | None = None) -> str:
    inside = tools.blocks(words)
    is_newest = tools.dialect.version == "3.0"
    return tools.dialect.tag(
        "rubricBlock",
        tools.dialect.tag("contentBody", inside) if is_newest else element("div", inside),
        view="scorer",
        use_="scoring" if is_newest else None,
        class_=kind,
        id=identifier_of(line.identifier) if line else None,
        label=repr(line.points) if line else None,
    )


KINDS: Final[Mapping[str, Write]] = {
    "choice": write_choices,
    "multiple-response": write_choices,
    "ordering": write_ordering,
    "matching": write_matching,
    "statement-set": write_matching,
    "gap-match": write_gap_match,
    "inline-choice": write_inline_choice,
    "hot-area": write_hot_area,
    "text-entry": write_text_entry,
    "numeric": write_numeric,
    "hot-spot": write_hot_spot,
    "extended-text": write_extended_text,
}
