"""Keys that a format writes as weights: which choices are right, and how picking them is scored."""

from collections.abc import Sequence
from dataclasses import replace

from lms_core.assessment.domain.bank_file.model import positional
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemTypeName, Scoring
from lms_core.hooks.words import Words


def weighted_choice(identifier_position: int, text: Words, feedback: Words, weight: float | None = None) -> Choice:
    """A choice whose weight is a share of the point (1.0 is all of it); right if it earns anything."""
    return Choice(positional(identifier_position), text, bool(weight and weight > 0), feedback, weight=weight or None)


def by_weights(choices: Sequence[Choice], *, single: bool) -> tuple[ItemTypeName, Scoring, ChoiceInteraction]:
    """Type and scoring that say what the weights say.

    Equal shares of the right choices need no weights; anything else is scored by its map.
    """
    kind: ItemTypeName = "choice" if single else "multiple-response"
    shares = {choice.weight for choice in choices if choice.weight}
    plain = ChoiceInteraction(tuple(replace(choice, weight=None) for choice in choices))
    if single and shares == {1.0}:
        return kind, "all-or-nothing", plain
    if not single and len(shares) == 1 and min(shares) > 0:
        return kind, "partial", plain
    if not shares:
        return kind, "all-or-nothing", plain
    return _mapped(choices, single=single)


def _mapped(choices: Sequence[Choice], *, single: bool) -> tuple[ItemTypeName, Scoring, ChoiceInteraction]:
    """The best choice of a single choice item is its key; lesser ones keep their share in the map."""
    best = max(choice.weight or 0.0 for choice in choices)
    kept = tuple(replace(choice, correct=choice.weight == best) if single else choice for choice in choices)
    return ("choice" if single else "multiple-response"), "map", ChoiceInteraction(kept)
