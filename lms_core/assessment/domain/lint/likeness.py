"""Items that ask the same: under one name, word for word, or nearly."""

from collections.abc import Iterator, Sequence

from lms_core.assessment.domain.duplicates import near_duplicates
from lms_core.assessment.domain.items import canonical_hashes
from lms_core.assessment.domain.lint.bank import BankItem
from lms_core.foundation.text import text
from lms_core.hooks.findings import Finding, Problem, warning


def likeness_findings(items: Sequence[BankItem]) -> Iterator[Finding]:
    """Names and questions that occur twice in the bank."""
    yield from _same_names(items)
    yield from _same_questions(items)
    for language in dict.fromkeys(language for item in items for language in item.content.languages):
        yield from _near(items, language)


def _same_names(items: Sequence[BankItem]) -> Iterator[Finding]:
    seen: dict[str, BankItem] = {}
    for item in items:
        first = seen.setdefault(item.content.identifier, item)
        if first is not item:
            yield item.finding(
                Problem(
                    "identifier-twice",
                    text("“%(name)s” also stands in %(file)s.", name=item.content.identifier, file=first.file),
                )
            )


def _same_questions(items: Sequence[BankItem]) -> Iterator[Finding]:
    seen: dict[tuple[str, str], BankItem] = {}
    for item in items:
        hashes = canonical_hashes(item.content).items()
        twins = [seen[language_hash] for language_hash in hashes if language_hash in seen]
        if twins:
            yield item.finding(
                Problem(
                    "same-item",
                    text("It asks the same as “%(name)s”.", name=twins[0].content.identifier),
                )
            )
        seen.update((language_hash, item) for language_hash in hashes)


def _near(items: Sequence[BankItem], language: str) -> Iterator[Finding]:
    stems = [
        (str(number), item.content.stem[language]) for number, item in enumerate(items) if language in item.content.stem
    ]
    for pair in near_duplicates(stems):
        first, second = items[int(pair.first)], items[int(pair.second)]
        yield second.finding(
            warning(
                "near-duplicate",
                text(
                    "The question is %(percent)s %% the same as “%(name)s” (%(language)s).",
                    percent=int(pair.similarity * 100),
                    name=first.content.identifier,
                    language=language,
                ),
            )
        )
