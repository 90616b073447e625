"""The specification of an exam: the value that is frozen when the exam is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lms_core.assessment.domain.specifications import writing
from lms_core.assessment.domain.specifications.parts import NO_WORDS, Bound, ExamSection, Quota
from lms_core.assessment.domain.specifications.problems import problems_of
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, Titles

LANGUAGES: Final = ("ko", "en")
MODES: Final = ("practice", "simulation")


@dataclass(frozen=True, slots=True)
class ExamSpecification:
    """Everything that is frozen when an exam is published.

    ``seconds`` is the limit of one attempt; ``opens_at`` and ``closes_at`` bound the window in which attempts run;
    ``pass_percent`` is our own line, None where we draw none; ``forms`` are drawn ahead when it is published.
    ``types`` bound the types of item in the whole form. ``required`` items stand in every form, ``excluded`` ones in
    none. No other item is drawn that was shown ``most_exposures`` times, and at most ``overlap_percent`` of a form's
    items were in an earlier attempt of the same person.
    A simulation goes through ``sections`` in their order, after ``agreement`` where there are rules to agree to, and
    with ``breaks`` offers a pause between sections, during which the time goes on. With ``comments`` it asks for
    comments on the questions once it is handed in, before the report. Practice goes where it likes, unless the exam
    has no ``practice`` at all.
    ``pilots`` are items that are tried out: they stand in forms like any other and are not scored.
    """

    bank_ids: tuple[UUID, ...]
    quotas: tuple[Quota, ...]
    seconds: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    attempts_allowed: int | None = None
    languages: tuple[str, ...] = LANGUAGES
    pass_percent: float | None = None
    shuffle_choices: bool = True
    forms: int = 4
    types: tuple[Bound, ...] = ()
    required: tuple[UUID, ...] = ()
    excluded: tuple[UUID, ...] = ()
    pilots: tuple[UUID, ...] = ()
    most_exposures: int | None = None
    overlap_percent: int | None = None
    sections: tuple[ExamSection, ...] = ()
    agreement: Titles = NO_WORDS
    breaks: bool = False
    comments: bool = False
    practice: bool = True

    @property
    def most_seen(self) -> int | None:
        """How many items of a form its person may have been asked before; None: any number."""
        return None if self.overlap_percent is None else self.total * self.overlap_percent // 100

    @property
    def total(self) -> int:
        """How many items a form has."""
        return sum(quota.items for quota in self.quotas)

    @property
    def counts(self) -> dict[str, int]:
        """How many items each domain gives."""
        return {quota.domain: quota.items for quota in self.quotas}

    def quota(self, domain: str) -> Quota | None:
        """The quota of ``domain``, if it has one."""
        return next((quota for quota in self.quotas if quota.domain == domain), None)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, as the exam's row keeps it."""
        return writing.written(self)

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "ExamSpecification":
        """What ``to_json`` wrote. What came later is missing in what was written before."""
        return cls(**writing.read(written))

    def require_sound(self) -> None:
        """Raise Invalid with everything that contradicts itself, field by field (``sections.1.titles``: the second)."""
        found: dict[str, tuple[Text, ...]] = {}
        for name, problem in problems_of(self):
            found[name] = (*found.get(name, ()), problem)
        if found:
            raise Invalid(fields=found)
