"""Parts an item should have: an explanation for each choice, a reference read lately, an objective."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from lms_core.assessment.domain.dirt import doubts, speaks_of_the_others
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.lint.bank import BankItem
from lms_core.foundation.text import text
from lms_core.hooks.findings import Finding, Problem, warning
from lms_core.hooks.items import GroupInteraction, ItemContent, Reference

_TOLD_OTHERWISE = frozenset({"missing-explanation", "all-of-the-above"})
_STALE_AFTER = timedelta(days=365)


def part_findings(items: Sequence[BankItem], today: date) -> Iterator[Finding]:
    """What is missing from, or out of date in, each item."""
    for item in items:
        for problem in _problems(item.content, today):
            yield item.finding(problem)


def _problems(content: ItemContent, today: date) -> Iterator[Problem]:
    yield from _unexplained(content)
    yield from _unpinned(content)
    yield from (doubt for doubt in doubts(content) if doubt.rule not in _TOLD_OTHERWISE)
    if not content.objective:
        yield warning("no-objective", text("The item names no objective."))
    if content.difficulty is None and content.difficulty_value is None:
        yield warning("no-difficulty", text("The item has no difficulty: easy, medium or hard."))
    if not content.provenance.originality:
        yield warning("no-originality", text("Nobody states that the item is original."))
    if not content.references and not isinstance(content.interaction, GroupInteraction):
        yield warning("no-reference", text("No reference supports the key."))
    for reference in content.references:
        yield from _reference_problems(reference, today)


def _unexplained(content: ItemContent) -> Iterator[Problem]:
    for language in content.languages:
        bare = sum(language not in choice.feedback for choice in choices_of(content))
        if bare:
            yield warning(
                "missing-explanation",
                text("%(count)s choices have no explanation in “%(language)s”.", count=bare, language=language),
            )


def _unpinned(content: ItemContent) -> Iterator[Problem]:
    for choice in choices_of(content):
        if speaks_of_the_others(choice) and not choice.pinned:
            yield warning(
                "unpinned",
                text(
                    "“%(words)s” speaks of the other choices. End it with “ {pinned}”.",
                    words=choice.text.in_("ko"),
                ),
            )


def _reference_problems(reference: Reference, today: date) -> Iterator[Problem]:
    if reference.checked_on is None:
        yield warning("undated-reference", text("%(url)s has no day of checking.", url=reference.url))
    elif today - reference.checked_on > _STALE_AFTER:
        yield warning(
            "stale-reference",
            text("%(url)s was last checked on %(day)s.", url=reference.url, day=reference.checked_on),
        )
    if reference.expires_on and reference.expires_on < today:
        yield warning(
            "expired-reference",
            text("%(url)s expired on %(day)s.", url=reference.url, day=reference.expires_on),
        )
