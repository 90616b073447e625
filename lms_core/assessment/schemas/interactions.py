"""From the rows of a form to the interaction of each type, and back. Rules are checked later, on the content."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from lms_core.assessment.schemas.item_rows import filled, grouped, words
from lms_core.hooks.items import (
    Area,
    Choice,
    ChoiceGroup,
    ChoiceInteraction,
    Criterion,
    ExtendedTextInteraction,
    GapMatchInteraction,
    HotspotInteraction,
    InlineChoiceInteraction,
    Interaction,
    MatchInteraction,
    NumericField,
    NumericInteraction,
    OrderInteraction,
    Pair,
    Picture,
    Shape,
    TextAnswer,
    TextEntryInteraction,
    TextField,
    TextMatch,
)
from lms_core.hooks.words import NO_WORDS, Words

Data = Mapping[str, Any]


def interaction_of(data: Data) -> Interaction:
    """The interaction that loaded data describes."""
    return BUILDERS[data["type"]](data)


def _choice(row: Data) -> Choice:
    weight = float(row["weight"]) if row.get("weight") else None
    said, why = words(row["text"]), words(row.get("feedback", {}))
    return Choice(row["identifier"], said, row.get("correct", False), why, row.get("pinned", False), weight)


def _choices(data: Data) -> ChoiceInteraction:
    return ChoiceInteraction(tuple(map(_choice, filled(data["choices"]))), data["shuffle"])


def _ordering(data: Data) -> OrderInteraction:
    rows = filled(data["choices"])
    placed = sorted((row for row in rows if row["mark"]), key=lambda row: int(row["mark"]))
    return OrderInteraction(tuple(map(_choice, rows)), tuple(row["identifier"] for row in placed))


def _pairs(rows: Sequence[Data]) -> tuple[Pair, ...]:
    return tuple(Pair(row["identifier"], name) for row in rows for name in row["mark"].split())


def _matching(data: Data) -> MatchInteraction:
    rows = filled(data["choices"])
    targets = tuple(map(_choice, filled(data["targets"])))
    return MatchInteraction(tuple(map(_choice, rows)), targets, _pairs(rows))


def _gap_match(data: Data) -> GapMatchInteraction:
    rows = filled(data["choices"])
    key = _pairs(rows)
    return GapMatchInteraction(tuple(map(_choice, rows)), tuple(sorted({pair.target for pair in key})), key)


def _inline_choice(data: Data) -> InlineChoiceInteraction:
    labels = {row["identifier"]: words(row["text"]) for row in filled(data["targets"])}
    groups = grouped(data["choices"]).items()
    made = (ChoiceGroup(name, tuple(map(_choice, rows)), labels.get(name, NO_WORDS)) for name, rows in groups)
    return InlineChoiceInteraction(tuple(made), _picture(data) if data["picture"].get("source") else None)


def _text_entry(data: Data) -> TextEntryInteraction:
    groups = grouped(data["choices"]).items()
    return TextEntryInteraction(tuple(TextField(name, tuple(map(_answer, rows))) for name, rows in groups))


def _answer(row: Data) -> TextAnswer:
    weight = float(row["weight"]) if row["weight"] else None
    return TextAnswer(words(row["text"]), cast("TextMatch", row["match"]), words(row["feedback"]), weight)


def _numeric(data: Data) -> NumericInteraction:
    rows = [row for rows in grouped(data["choices"]).values() for row in rows]
    return NumericInteraction(
        tuple(
            NumericField(row["group"].strip(), float(row["mark"] or 0), float(row["tolerance"] or 0), row["unit"])
            for row in rows
        )
    )


def _hot_spot(data: Data) -> HotspotInteraction:
    return HotspotInteraction(_picture(data), tuple(map(_area, filled(data["choices"]))))


def _area(row: Data) -> Area:
    shape, _, pixels = row["area"].partition(":")
    drawn = tuple(int(each) for each in pixels.split(","))
    return Area(
        row["identifier"], cast("Shape", shape), drawn, words(row["text"]), row["correct"], words(row["feedback"])
    )


def _picture(data: Data) -> Picture:
    told = data["picture"]
    return Picture(told.get("source", ""), words(told.get("alt", {})), told.get("width") or 0, told.get("height") or 0)


def _extended_text(data: Data) -> ExtendedTextInteraction:
    rubric = (
        Criterion(row["identifier"], words(row["text"]), float(row["mark"] or 0)) for row in filled(data["choices"])
    )
    return ExtendedTextInteraction(tuple(rubric), words(data["model_answer"]), data["least_words"], data["most_words"])


def interaction_values(asked: Interaction) -> dict[str, Any]:
    """An interaction as data that the same schema would load; empty for a case, which has questions of its own."""
    writer = _WRITERS.get(type(asked))
    return writer(asked) if writer else {}


def _row(choice: Choice, **more: Any) -> dict[str, Any]:
    weight = "" if choice.weight is None else repr(choice.weight)
    marks = {"correct": choice.correct, "pinned": choice.pinned, "weight": weight}
    said = {"text": dict(choice.text), "feedback": dict(choice.feedback)}
    return {"identifier": choice.identifier, **said, **marks, **more}


def _choice_values(asked: ChoiceInteraction) -> dict[str, Any]:
    return {"choices": [_row(one) for one in asked.choices], "shuffle": asked.shuffle}


def _order_values(asked: OrderInteraction) -> dict[str, Any]:
    places = {name: str(place) for place, name in enumerate(asked.key, start=1)}
    return {"choices": [_row(one, mark=places.get(one.identifier, "")) for one in asked.choices]}


def _belongs(choice: Choice, key: Sequence[Pair]) -> str:
    return " ".join(pair.target for pair in key if pair.source == choice.identifier)


def _target(identifier: str, said: Words) -> dict[str, Any]:
    return {"identifier": identifier, "text": dict(said)}


def _match_values(asked: MatchInteraction) -> dict[str, Any]:
    sources = [_row(one, mark=_belongs(one, asked.key)) for one in asked.sources]
    return {"choices": sources, "targets": [_target(one.identifier, one.text) for one in asked.targets]}


def _gap_values(asked: GapMatchInteraction) -> dict[str, Any]:
    return {"choices": [_row(one, mark=_belongs(one, asked.key)) for one in asked.texts]}


def _inline_values(asked: InlineChoiceInteraction) -> dict[str, Any]:
    rows = [_row(one, group=group.identifier) for group in asked.groups for one in group.choices]
    labels = [_target(one.identifier, one.label) for one in asked.groups if one.label]
    return {"choices": rows, "targets": labels, "picture": _picture_values(asked.picture)}


def _picture_values(picture: Picture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    return {"source": picture.source, "width": picture.width, "height": picture.height, "alt": dict(picture.alt)}


def _entry_values(asked: TextEntryInteraction) -> dict[str, Any]:
    rows = [_answer_row(answer, one.identifier) for one in asked.fields for answer in one.answers]
    return {"choices": rows}


def _answer_row(answer: TextAnswer, group: str) -> dict[str, Any]:
    weight = "" if answer.weight is None else repr(answer.weight)
    said = {"text": dict(answer.text), "feedback": dict(answer.feedback)}
    return {"group": group, "match": answer.match, "weight": weight, **said}


def _numeric_values(asked: NumericInteraction) -> dict[str, Any]:
    rows = [
        {
            "group": one.identifier,
            "mark": _figure(one.value),
            "tolerance": _figure(one.tolerance) if one.tolerance else "",
            "unit": one.unit,
            "text": {},
        }
        for one in asked.fields
    ]
    return {"choices": rows}


def _spot_values(asked: HotspotInteraction) -> dict[str, Any]:
    rows = [
        {
            "identifier": one.identifier,
            "text": dict(one.label),
            "feedback": dict(one.feedback),
            "correct": one.correct,
            "area": f"{one.shape}:{','.join(map(str, one.coordinates))}",
        }
        for one in asked.areas
    ]
    return {"choices": rows, "picture": _picture_values(asked.picture)}


def _essay_values(asked: ExtendedTextInteraction) -> dict[str, Any]:
    rows = [{"identifier": one.identifier, "text": dict(one.text), "mark": _figure(one.points)} for one in asked.rubric]
    limits = {"least_words": asked.least_words, "most_words": asked.most_words}
    return {"choices": rows, "model_answer": dict(asked.model_answer), **limits}


def _figure(value: float) -> str:
    """A number as people write it, and exactly the same number."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


BUILDERS: Mapping[str, Callable[[Data], Interaction]] = {
    "choice": _choices,
    "multiple-response": _choices,
    "statement-set": _matching,
    "ordering": _ordering,
    "matching": _matching,
    "gap-match": _gap_match,
    "inline-choice": _inline_choice,
    "text-entry": _text_entry,
    "numeric": _numeric,
    "hot-spot": _hot_spot,
    "hot-area": _inline_choice,
    "extended-text": _extended_text,
}
_WRITERS: Mapping[type[Interaction], Callable[[Any], dict[str, Any]]] = {
    ChoiceInteraction: _choice_values,
    OrderInteraction: _order_values,
    MatchInteraction: _match_values,
    GapMatchInteraction: _gap_values,
    InlineChoiceInteraction: _inline_values,
    TextEntryInteraction: _entry_values,
    NumericInteraction: _numeric_values,
    HotspotInteraction: _spot_values,
    ExtendedTextInteraction: _essay_values,
}
