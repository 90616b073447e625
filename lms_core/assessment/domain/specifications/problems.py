"""What contradicts itself in a specification, each with the field it stands in."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from lms_core.assessment.domain.specifications.parts import Bound
from lms_core.foundation.text import Text, text

if TYPE_CHECKING:
    from lms_core.assessment.domain.specifications.specification import ExamSpecification

LONGEST: Final = 24 * 60 * 60
MOST_ITEMS: Final = 300
MOST_SECTIONS: Final = 12
LONGEST_AGREEMENT: Final = 4000
_LANGUAGES: Final = {"ko", "en"}

Problems = Iterator[tuple[str, Text]]


def problems_of(asked: "ExamSpecification") -> Problems:
    """Field and problem; a field of a row is named with the row's place from 0, as ``quotas.0.difficulties``."""
    yield from _of_quotas(asked)
    yield from _of_sections(asked)
    yield from _of_time(asked)
    yield from _of_result(asked)
    yield from _of_items(asked)
    yield from _of_caps(asked)


def _of_time(asked: "ExamSpecification") -> Problems:
    if not 60 <= asked.seconds <= LONGEST:
        yield "seconds", text("An exam lasts between 1 minute and 24 hours.")
    if asked.opens_at and asked.closes_at and asked.opens_at >= asked.closes_at:
        yield "closes_at", text("The exam would close before it opens. Choose a later time.")
    if asked.attempts_allowed is not None and asked.attempts_allowed < 1:
        yield "attempts_allowed", text("Allow at least one attempt, or leave this empty for any number.")


def _of_result(asked: "ExamSpecification") -> Problems:
    if not asked.languages or set(asked.languages) - _LANGUAGES:
        yield "languages", text("Choose Korean, English or both.")
    if asked.pass_percent is not None and not 0 < asked.pass_percent <= 100:
        yield "pass_percent", text("The pass line lies between 0 and 100 percent.")
    if not 1 <= asked.forms <= 20:
        yield "forms", text("Draw between 1 and 20 forms ahead.")


def _of_items(asked: "ExamSpecification") -> Problems:
    if not _fits(asked.types, asked.total):
        yield "types", text("The types of item ask for more than the exam has, or contradict themselves.")
    if set(asked.required) & set(asked.excluded):
        yield "excluded", text("An item cannot be required and excluded at once.")
    if set(asked.pilots) & set(asked.excluded):
        yield "pilots", text("An item that is tried out cannot be excluded at once.")
    if len(asked.required) > asked.total:
        yield "required", text("More items are required than the exam has.")
    if asked.pilots and set(asked.required) <= set(asked.pilots) and len(asked.required) >= asked.total:
        yield "pilots", text("Every item would be unscored. Leave some that count.")


def _of_caps(asked: "ExamSpecification") -> Problems:
    if asked.most_exposures is not None and asked.most_exposures < 1:
        yield "most_exposures", text("An item has to be shown at least once. Leave this empty for any number.")
    if asked.overlap_percent is not None and not 0 <= asked.overlap_percent <= 100:
        yield "overlap_percent", text("The overlap lies between 0 and 100 percent.")


def _of_sections(asked: "ExamSpecification") -> Problems:
    if len(asked.sections) > MOST_SECTIONS:
        yield "sections", text("An exam has at most %(most)s sections.", most=MOST_SECTIONS)
    for place, section in enumerate(asked.sections):
        if not (section.titles.ko and section.titles.en):
            yield f"sections.{place}.titles", text("Each section needs a title in Korean and in English.")
        for domain in sorted(set(section.domains) - set(asked.counts)):
            reason = text("A section asks for “%(domain)s”, which is no domain of the exam.", domain=domain)
            yield f"sections.{place}.domains", reason


def _of_quotas(asked: "ExamSpecification") -> Problems:
    names = [quota.domain for quota in asked.quotas]
    if len(set(names)) != len(names):
        yield "quotas", text("A domain stands twice. Leave one of them.")
    if any(quota.items < 0 for quota in asked.quotas):
        yield "quotas", text("A domain cannot give fewer than no items.")
    if not 1 <= asked.total <= MOST_ITEMS:
        yield "quotas", text("An exam has between 1 and %(most)s items.", most=MOST_ITEMS)
    for place, quota in enumerate(asked.quotas):
        if not _fits(quota.difficulties, quota.items):
            reason = text(
                "The difficulties of “%(domain)s” ask for more than the domain has, or contradict themselves.",
                domain=quota.domain,
            )
            yield f"quotas.{place}.difficulties", reason


def _fits(bounds: Sequence[Bound], items: int) -> bool:
    names = [bound.name for bound in bounds]
    asked = sum(bound.least for bound in bounds)
    return len(set(names)) == len(names) and all(bound.is_sound for bound in bounds) and asked <= items
