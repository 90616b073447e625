"""How simulated people answer: right with the probability that the item's curve gives them, else plausibly wrong.

Pure: what is right is read from a form's solution, and every answer has one of the shapes that answer schemas know.
Curves hang on the words of a question, so that the same bank gives the same history on every machine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from random import Random
from typing import Any, Final

from lms_core.hooks.item_types import Json

REVERSED: Final = 0.03
"""So many items have a key that the able do not find: somebody should look at it."""
HARDER_IN_ENGLISH: Final = 0.06
WRITTEN: Final = "잘 모르겠습니다. 배운 내용을 바탕으로 적어 봅니다."


@dataclass(frozen=True, slots=True)
class Curve:
    """How hard a question is in logits, how well it tells people apart, and how long it takes."""

    discrimination: float
    difficulty: float
    seconds: float
    gap: float = 0.0
    """How much harder it is for those who read it in English."""

    @classmethod
    def of(cls, question: Json) -> "Curve":
        """That of a question, by its words alone."""
        lot = Random(str(question["prompt"]))  # noqa: S311 a draw that has to be replayable
        slope = -0.5 if lot.random() < REVERSED else min(2.2, lot.lognormvariate(0.0, 0.3))
        gap = 1.2 if lot.random() < HARDER_IN_ENGLISH else 0.0
        return cls(slope, lot.gauss(-0.6, 1.0), lot.lognormvariate(3.9, 0.35), gap)

    def chance(self, ability: float, language: str) -> float:
        """How likely somebody of this ability is to answer right."""
        harder = self.gap if language == "en" else 0.0
        return 1 / (1 + exp(-self.discrimination * (ability - self.difficulty - harder)))


def answer(question: Json, expected: Json, lot: Random, *, right: bool) -> dict[str, Any]:
    """An answer to ``question`` (a line of a solution), in the shape that is ``expected``."""
    key, shape = dict(question["key"]), expected["shape"]
    if not right or shape == "text":
        return _WRONG[shape](key, expected, lot, question)
    return {"pairs": _one_each(key["pairs"], expected)} if shape == "pairs" else key


def _choices(key: Json, expected: Json, lot: Random, question: Json) -> dict[str, Any]:
    """Of the wrong choices one is more tempting than the others, in every form."""
    right, words = set(key["choices"]), {one["id"]: one["text"] for one in _listed(question)}
    wrong = sorted(set(expected["choices"]) - right, key=lambda one: (words.get(one, ""), one))
    if expected["most"] == 1 or not wrong:
        return {"choices": [_tempting(wrong, lot)] if wrong else []}
    kept = sorted(right)[: lot.randrange(len(right))] if len(right) > 1 else []
    return {"choices": [*kept, _tempting(wrong, lot)]}


def _listed(question: Json) -> Sequence[Json]:
    return [*question.get("choices", ()), *question.get("areas", ())]


def _tempting(wrong: Sequence[str], lot: Random) -> str:
    return lot.choices(wrong, weights=[2**place for place in range(len(wrong))])[0]


def _order(key: Json, _expected: Json, lot: Random, _question: Json) -> dict[str, Any]:
    order = list(key["order"])
    place = lot.randrange(max(1, len(order) - 1))
    order[place : place + 2] = reversed(order[place : place + 2])
    return {"order": order}


def _pairs(key: Json, expected: Json, lot: Random, _question: Json) -> dict[str, Any]:
    pairs = _one_each(key["pairs"], expected)
    one = lot.choice(pairs)
    others = sorted(set(expected["targets"]) - {each["target"] for each in pairs if each["source"] == one["source"]})
    if others and not expected["per_target"]:
        one["target"] = lot.choice(others)
    else:
        pairs.remove(one)
    return {"pairs": pairs}


def _one_each(pairs: Sequence[Json], expected: Json) -> list[dict[str, str]]:
    """Of what would be right in a place only the first, where there is room for one."""
    kept: list[dict[str, str]] = []
    for pair in pairs:
        full = [end for end in ("source", "target") if expected[f"per_{end}"]]
        if not any(pair[end] == other[end] for end in full for other in kept):
            kept.append(dict(pair))
    return kept


def _selections(key: Json, expected: Json, lot: Random, _question: Json) -> dict[str, Any]:
    selections = dict(key["selections"])
    name = lot.choice(sorted(selections))
    others = [one for one in expected["lists"][name] if one != selections[name]]
    return {"selections": {**selections, name: lot.choice(others)}}


def _entries(key: Json, _expected: Json, lot: Random, _question: Json) -> dict[str, Any]:
    entries = dict(key["entries"])
    return {"entries": {**entries, lot.choice(sorted(entries)): "?"}}


def _text(_key: Json, _expected: Json, _lot: Random, _question: Json) -> dict[str, Any]:
    return {"text": WRITTEN}


_Wrong = Callable[[Json, Json, Random, Json], dict[str, Any]]
_WRONG: Final[Mapping[str, _Wrong]] = {
    "choices": _choices,
    "order": _order,
    "pairs": _pairs,
    "selections": _selections,
    "entries": _entries,
    "text": _text,
}
