"""What a format loses of a sample of each type: the tables of the page on formats."""

from collections.abc import Iterator
from dataclasses import replace

from lms_core.assessment.domain.formats.fidelity import proven
from lms_core.hooks.item_formats import ItemFormat, WriteOptions
from lms_core.hooks.items import ChoiceInteraction, ItemContent
from tests.support.banks.samples import SAMPLES

# What a sample leaves as it is by default, and what it would be scored by in parts: one right answer has no parts.
WHOLE = {"choice", "case-study"}


def lost_in(item_format: ItemFormat) -> str:
    """The rows of the page on one format: each type with what it loses, and with what some items have besides."""
    rows = [f"### `{item_format.name}`", "", "| Type | What is lost | Also, where an item has it |", "|---|---|---|"]
    for sample in SAMPLES:
        lost = _lost(item_format, sample)
        if lost is None:
            rows.append(f"| {sample.type} | cannot be written | |")
            continue
        more = [what for other in _others(sample) for what in _lost(item_format, other) or () if what not in lost]
        rows.append(f"| {sample.type} | {', '.join(lost) or 'nothing'} | {', '.join(dict.fromkeys(more))} |")
    return "\n".join(row.replace("|  |", "| |") for row in rows)


def _lost(item_format: ItemFormat, content: ItemContent) -> list[str] | None:
    """None where it cannot be written at all."""
    found = proven(item_format, content, WriteOptions())
    return [str(one.text.values.get("what", one.text)) for one in found.losses] if found.is_written else None


def _others(sample: ItemContent) -> Iterator[ItemContent]:
    yield replace(sample, difficulty_value=0.5)
    if isinstance(sample.interaction, ChoiceInteraction):
        yield replace(sample, interaction=replace(sample.interaction, shuffle=False))
    if sample.type == "multiple-response":
        yield _weighed(sample)
    if sample.type not in WHOLE:
        yield replace(sample, scoring="partial")


def _weighed(sample: ItemContent) -> ItemContent:
    asked = sample.interaction
    assert isinstance(asked, ChoiceInteraction)
    choices = tuple(replace(one, weight=0.7 if one.identifier == "c0" else 0.3) for one in asked.choices if one.correct)
    rest = tuple(replace(one, weight=-0.5) for one in asked.choices if not one.correct)
    return replace(sample, scoring="map", interaction=replace(asked, choices=choices + rest))
