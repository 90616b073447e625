"""The hooks that cert_prep opens to catalogue plugins, and the frozen values they speak in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from lms_core.foundation.policy import RuleVersion
from lms_core.foundation.text import Titles
from lms_core.hooks.markers import hookspec

Status = Literal["active", "retired"]
Scale = Literal["scaled-1000", "pass-fail", "percent"]
Confidence = Literal["high", "medium", "low"]
Korean = Literal["yes", "no", "likely", "unknown"]


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective of a domain: ``<domain>.<n>``, its titles, and the vendor's key words."""

    id: str
    titles: Titles
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain of an outline: ``<code>.<n>`` in lower case, and its published share in percent.

    The two edges are equal where the vendor names one figure.
    """

    id: str
    titles: Titles
    weight_min: float
    weight_max: float
    objectives: tuple[Objective, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class DatedSpecification:
    """What an exam asks for as its vendor published it at one time.

    ``as_of`` names this version: the vendor's date as precisely as it is known (2026-04-15, 2026-08, 2026) or the
    guide's number. ``checked_at`` is the day on which the sources were last looked at. ``successor`` is the code that
    took over. Minutes and numbers of questions are None where the vendor names none; ``pass_line`` is the vendor's
    own, on its own scale, None where none is published.
    """

    as_of: str
    status: Status
    domains: tuple[Domain, ...]
    checked_at: date
    sources: tuple[Source, ...]
    retired_on: date | None = None
    successor: str = ""
    minutes: int | None = None
    seat_minutes: int | None = None
    questions_min: int | None = None
    questions_max: int | None = None
    questions_published: bool = False
    scale: Scale = "pass-fail"
    pass_line: float | None = None
    languages: tuple[str, ...] = ()
    korean: Korean = "unknown"
    formats: tuple[str, ...] = ()
    validity_months: int | None = None
    fee_usd: int | None = None
    approximate: bool = False
    confidence: Confidence = "low"
    notes: tuple[Titles, ...] = ()


@dataclass(frozen=True, slots=True)
class RetakeLimits:
    """How soon and how often an exam may be sat again.

    ``waits`` follow the first, the second... attempt, the last one repeating; at most ``attempts`` in
    ``window_months``, which begin with the first attempt or roll back from now.
    """

    waits: tuple[timedelta, ...]
    attempts: int
    window_months: int
    window_from: Literal["first", "now"]


@dataclass(frozen=True, slots=True)
class RetakeRule:
    """A vendor's rule about sitting again, with its dated versions. ``effective_from`` is since when we know it."""

    name: str
    versions: tuple[RuleVersion[RetakeLimits], ...]


@dataclass(frozen=True, slots=True)
class ShapeFact:
    """Something that is known of a real exam, where it was read, and when that was last looked at."""

    said: Titles
    source: Source
    checked_at: date


@dataclass(frozen=True, slots=True)
class ShapeSection:
    """A section as the real exam has it: which types of item stand there, and whether one may come back to it.

    One that names no types takes what the others leave.
    """

    titles: Titles
    introduction: Titles
    types: tuple[str, ...] = ()
    returns: bool = True


@dataclass(frozen=True, slots=True)
class ExamShape:
    """How exams of a kind are sat at a vendor's: their length, sections and rules, with the facts they rest on.

    ``types`` say how many items of a type a form has: (name, least, most or None). ``pilots`` items are not scored.
    ``agreement`` is our own text in the place where the vendor has one.
    """

    name: str
    titles: Titles
    items: int
    minutes: int
    sections: tuple[ShapeSection, ...]
    facts: tuple[ShapeFact, ...]
    agreement: Titles
    types: tuple[tuple[str, int, int | None], ...] = ()
    pilots: int = 0
    breaks: bool = False
    comments: bool = False


@dataclass(frozen=True, slots=True)
class Certification:
    """A credential of a vendor with every version of its outline, the one in force first.

    ``code`` is unique among all vendors. A credential without domains is no exam: it counts as evidence only.
    """

    vendor: str
    code: str
    titles: Titles
    level: str
    versions: tuple[DatedSpecification, ...]
    retake: RetakeRule | None = None
    shape: ExamShape | None = None


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Items of another bank, by its short name, that serve this credential as well: ``domains`` by their objective."""

    bank: str
    domains: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ItemBank:
    """Bank files in ``folder`` for a certification, to be loaded when somebody makes an exam from them.

    ``licence`` is an SPDX name, ``attribution`` what has to be shown with an item, ``source`` where the files live.
    ``borrows`` are banks of the same plugin that exams are drawn from as well.
    """

    certification: str
    slug: str
    titles: Titles
    folder: Path
    licence: str
    attribution: str
    source: str
    borrows: tuple[Borrowed, ...] = ()


@hookspec
def lms_register_certifications() -> Sequence[Certification]:
    """Whenever the catalogue is read: the credentials a plugin knows, with their dated outlines.

    All answers are joined in plugin order; of two that share a code the first one stays. An answer that fails or
    contradicts itself is left out and logged, and the site goes on.
    """
    raise NotImplementedError


@hookspec
def lms_register_item_banks() -> Sequence[ItemBank]:
    """Whenever somebody chooses a bank to make an exam from: the banks a plugin ships as bank files.

    All answers are joined in plugin order. An answer that fails is left out and logged, and the site goes on.
    """
    raise NotImplementedError
