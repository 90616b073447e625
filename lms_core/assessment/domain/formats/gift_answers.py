"""What stands between the braces of GIFT, kind by kind."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from lms_core.assessment.domain.formats.asked import Accepted, Asked, Unreadable, essay, matching, short_answer, truth
from lms_core.assessment.domain.formats.weights import by_weights, weighted_choice
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import Choice, NumericField, NumericInteraction
from lms_core.hooks.words import NO_WORDS, Words

ANSWER = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"\s*(T|F|TRUE|FALSE)\s*(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_NUMBER = r"\s*(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*"
_AROUND = re.compile(_NUMBER + r"(?::" + _NUMBER + r")?")
_RANGE = re.compile(_NUMBER + r"\.\." + _NUMBER)

Shown = Callable[[str], str]


def kind_of(answers: str) -> str:
    """Which kind of question the braces hold."""
    if not answers.strip():
        return "essay"
    if answers.lstrip().startswith("#"):
        return "numerical"
    if _TRUTH.fullmatch(answers):
        return "truth"
    if "~" in answers:
        return "choice"
    return "matching" if "->" in answers else "short answer"


def asked(answers: str, language: str, shown: Shown) -> Asked:
    """What the braces ask for; `shown` makes words of what is written. Raises Unreadable."""
    return _KINDS[kind_of(answers)](answers, language, shown)


def _choice_question(answers: str, language: str, shown: Shown) -> Asked:
    written = ANSWER.findall(answers)
    choices = [_choice(at, sign, body, language, shown) for at, (sign, body) in enumerate(written)]
    kind, scoring, interaction = by_weights(choices, single=any(sign == "=" for sign, _ in written))
    if not any(choice.correct for choice in interaction.choices):
        kind = "choice"
    return Asked(kind, interaction, scoring)


def _choice(at: int, sign: str, body: str, language: str, shown: Shown) -> Choice:
    share, words, feedback = _parts(body, 1.0 if sign == "=" else 0.0)
    why = Words({language: shown(feedback)}) if feedback.strip() else NO_WORDS
    return weighted_choice(at, Words({language: shown(words)}), why, share)


def _parts(body: str, share: float) -> tuple[float, str, str]:
    weight = _WEIGHT.match(body)
    words, _, feedback = body[weight.end() if weight else 0 :].partition("#")
    return (float(weight[1]) / 100 if weight else share), words, feedback


def _truth(answers: str, language: str, shown: Shown) -> Asked:
    found = _TRUTH.fullmatch(answers)
    if found is None:
        raise Unreadable(Problem("no-key", text("The right answer is not complete. Mark it; it is never guessed.")))
    is_true = found[1].upper().startswith("T")
    wrong, _, right = (found[2] or "").partition("#")
    said = [Words({language: shown(words)}) if words.strip() else NO_WORDS for words in (right, wrong)]
    return Asked("choice", truth(language, is_true=is_true, feedback=said if is_true else said[::-1]))


def _short_answer(answers: str, language: str, shown: Shown) -> Asked:
    parts = [_parts(body, 1.0) for sign, body in ANSWER.findall(answers) if sign == "="]
    accepted = [Accepted(shown(words), share, shown(feedback)) for share, words, feedback in parts]
    interaction, scoring = short_answer(language, accepted)
    return Asked("text-entry", interaction, scoring)


def _numerical(answers: str, _language: str, shown: Shown) -> Asked:
    inside = answers.strip().removeprefix("#")
    several = [body for _, body in ANSWER.findall(inside)] or [inside]
    if len(several) > 1:
        raise Unreadable(_not_one_number())
    words = _parts(several[0], 1.0)[1]
    return Asked("numeric", NumericInteraction((NumericField("answer", *_number(shown(words))),)))


def _number(written: str) -> tuple[float, float]:
    if between := _RANGE.fullmatch(written):
        low, high = float(between[1]), float(between[2])
        return (low + high) / 2, abs(high - low) / 2
    around = _AROUND.fullmatch(written)
    if around is None:
        raise Unreadable(_not_one_number())
    return float(around[1]), float(around[2] or 0)


def _matching(answers: str, language: str, shown: Shown) -> Asked:
    halves = [body.partition("->") for sign, body in ANSWER.findall(answers) if sign == "="]
    pairs = [(shown(source), shown(target)) for source, _, target in halves]
    return Asked("matching", matching(language, pairs), "partial")


def _essay(_answers: str, language: str, _shown: Shown) -> Asked:
    told = warning("given-rubric", text("It came without a rubric and got one line of one point. Write its own."))
    return Asked("extended-text", essay(language), problems=(told,))


def _not_one_number() -> Problem:
    return Problem("no-number", text("The right answer is not one number. Write it as 5, 5:0.1 or 4..6."))


_KINDS: Final[Mapping[str, Callable[[str, str, Shown], Asked]]] = {
    "choice": _choice_question,
    "truth": _truth,
    "short answer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
}
