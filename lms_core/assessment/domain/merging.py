"""An item that comes again: what is new is taken, what only the old one has is kept.

A poorer format never overwrites richer feedback, and a file in one language never another language.
"""

from collections.abc import Iterator
from dataclasses import replace

from lms_core.assessment.domain.items import canonical_hashes, choices_of, normalised
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words


def merged(old: ItemContent, new: ItemContent) -> ItemContent:
    """``new`` with whatever it lacks and ``old`` has. The same question keeps its wording and order."""
    asked = _same_question(old, new) or _other_question(old, new)
    return replace(
        asked,
        explanation=_explanation(old, new, asked),
        references=new.references or old.references,
        objective=new.objective or old.objective,
        difficulty=new.difficulty or old.difficulty,
        difficulty_value=old.difficulty_value if new.difficulty_value is None else new.difficulty_value,
        tags=tuple(dict.fromkeys([*old.tags, *new.tags])),
    )


def is_same(old: ItemContent, kept: ItemContent) -> bool:
    """Whether ``kept`` says nothing new; where it comes from does not count."""
    return replace(kept, provenance=old.provenance) == old


def feedback_kept(old: ItemContent, new: ItemContent) -> Iterator[Problem]:
    """A warning if the bank explains each choice for itself and the file explains none."""
    if _is_poorer(new, old):
        yield warning(
            "feedback-kept",
            text("The file has no explanation for each choice; those of the bank are kept."),
        )


def feedback_lost(elsewhere: ItemContent, new: ItemContent) -> Iterator[Problem]:
    """The same about an item that another bank holds: there it is richer than it will be here."""
    if _is_poorer(new, elsewhere):
        yield warning(
            "loses-feedback",
            text("Another bank explains each choice of this item; in this file the explanations are lost."),
        )


def _is_poorer(new: ItemContent, other: ItemContent) -> bool:
    explained = {normalised(choice.feedback.in_("ko")) for choice in choices_of(other)}
    return len(explained) > 1 and not any(choice.feedback for choice in choices_of(new))


def _same_question(old: ItemContent, new: ItemContent) -> ItemContent | None:
    """The old item with new feedback, if both ask the same in every language they share."""
    shared = set(old.stem) & set(new.stem)
    hashes = canonical_hashes(old), canonical_hashes(new)
    if not shared or any(hashes[0][language] != hashes[1][language] for language in shared):
        return None
    if not (isinstance(old.interaction, ChoiceInteraction) and set(new.stem) <= set(old.stem)):
        return None if set(new.stem) - set(old.stem) else old
    choices = tuple(_with_feedback(choice, choices_of(new)) for choice in old.interaction.choices)
    return replace(old, interaction=replace(old.interaction, choices=choices))


def _with_feedback(choice: Choice, others: tuple[Choice, ...]) -> Choice:
    twin = next((other for other in others if _say_the_same(choice, other)), choice)
    feedback = Words({**choice.feedback, **twin.feedback})
    return replace(choice, feedback=feedback, pinned=choice.pinned or twin.pinned)


def _say_the_same(one: Choice, other: Choice) -> bool:
    return any(normalised(one.text.get(language, "")) == normalised(words) for language, words in other.text.items())


def _other_question(old: ItemContent, new: ItemContent) -> ItemContent:
    """The new item; the other languages of the old one are kept where its choices still stand one to one."""
    asked, before = new.interaction, old.interaction
    if not (isinstance(asked, ChoiceInteraction) and isinstance(before, ChoiceInteraction)):
        return new
    if [choice.correct for choice in asked.choices] != [choice.correct for choice in before.choices]:
        return new
    choices = tuple(
        replace(
            mine,
            text=Words({**theirs.text, **mine.text}),
            feedback=Words({**theirs.feedback, **mine.feedback}),
            pinned=mine.pinned or theirs.pinned,
        )
        for mine, theirs in zip(asked.choices, before.choices, strict=True)
    )
    stem = Words({**old.stem, **new.stem})
    return replace(new, stem=stem, interaction=replace(asked, choices=choices))


def _explanation(old: ItemContent, new: ItemContent, asked: ItemContent) -> Words:
    """The explanation of the whole item, unless it only repeats that of a choice."""
    written = {**old.explanation, **new.explanation}
    return Words({language: words for language, words in written.items() if not _repeats(words, language, asked)})


def _repeats(words: str, language: str, asked: ItemContent) -> bool:
    return any(normalised(choice.feedback.get(language, "")) == normalised(words) for choice in choices_of(asked))
