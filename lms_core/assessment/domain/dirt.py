"""What is doubtful about an item and yet no reason to refuse it: told to whoever imports or reviews it."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lms_core.assessment.domain.items import choices_of, normalised
from lms_core.assessment.domain.products import asked_words, renamings_in
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent

_ABOUT_THE_OTHERS = re.compile(
    r"(?:all|none|both|neither|any) of (?:the )?(?:above|these|following)\b.*"
    r"|(?:위|상기|앞|보기)(?:의|에)?\s*(?:모든|모두|전부|어느 것도|둘 다).*"
    r"|(?:모두|전부)\s*(?:해당|정답|맞|옳).*"
    r"|(?:해당|정답|답)(?:\s*사항)?\s*없음",
    re.IGNORECASE,
)


def doubts(content: ItemContent) -> tuple[Problem, ...]:
    """Every warning about one item on its own."""
    return (*_feedback_doubts(content), *_pinning(content), *_renamed(content))


def speaks_of_the_others(choice: Choice) -> bool:
    """Whether this is an "all of the above" that must keep its place among the choices."""
    return any(_ABOUT_THE_OTHERS.fullmatch(normalised(words)) for words in choice.text.values())


def pinned(content: ItemContent) -> ItemContent:
    """The item with every "all of the above" pinned, so that shuffling leaves it where it makes sense."""
    asked = content.interaction
    if not isinstance(asked, ChoiceInteraction):
        return content
    choices = tuple(replace(choice, pinned=choice.pinned or speaks_of_the_others(choice)) for choice in asked.choices)
    return replace(content, interaction=replace(asked, choices=choices))


def _feedback_doubts(content: ItemContent) -> Iterator[Problem]:
    """An item without any choice feedback stands well on its own explanation, if it has one."""
    written = [normalised(choice.feedback.in_("ko")) for choice in choices_of(content)]
    if not written or (content.explanation and not any(written)):
        return
    if not all(written):
        count = written.count("")
        yield warning(
            "missing-explanation",
            text("%(count)s of %(all)s choices have no explanation.", count=count, all=len(written)),
        )
    if len(set(written)) == 1:
        yield warning("shared-explanation", text("No choice has an explanation of its own."))


def _pinning(content: ItemContent) -> Iterator[Problem]:
    for choice in choices_of(content):
        if speaks_of_the_others(choice):
            yield warning(
                "all-of-the-above",
                text("“%(words)s” speaks of the other choices: it is pinned.", words=choice.text.in_("ko")),
            )


def _renamed(content: ItemContent) -> Iterator[Problem]:
    for renaming in renamings_in(asked_words(content)):
        yield warning(
            "renamed-product",
            text(
                "“%(old)s” has been called “%(new)s” since %(since)s. Check whether the item still holds.",
                old=renaming.old,
                new=renaming.new,
                since=renaming.since,
            ),
        )
