"""Imports: what becomes of every item of a file, decided before anything is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from lms_core.assessment.domain.items import canonical_hashes
from lms_core.assessment.domain.merging import feedback_kept, is_same, merged
from lms_core.foundation.errors import Conflict
from lms_core.foundation.text import Text, text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ReadItem
from lms_core.hooks.items import ItemContent, Provenance

RowVerdict = Literal["created", "unchanged", "updated", "rejected"]
VERDICTS: Final[tuple[RowVerdict, ...]] = ("created", "unchanged", "updated", "rejected")


class ImportInUse(Conflict):
    """Items of the import were approved, changed or asked meanwhile, so it cannot be taken back."""

    code = "import-in-use"
    default = text("Items of this import are in use, so it cannot be taken back. Retire them one by one.")


class ImportGone(Conflict):
    """The import was taken back already."""

    code = "import-undone"
    default = text("This import was taken back already.")


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Bring a file into a bank. ``format`` empty: by the file's suffix."""

    bank: str
    file: str
    provenance: Provenance
    language: str = "ko"
    format: str = ""


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item that the bank holds already."""

    item_id: UUID
    version_id: UUID
    content: ItemContent


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one item of the file. ``content`` is what would be kept, None if nothing would."""

    read: ReadItem
    verdict: RowVerdict
    content: ItemContent | None = None
    known: KnownItem | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def told(self) -> "ToldRow":
        """The row as reports show it."""
        return ToldRow(self.read.line, self.read.identifier, self.verdict, self.problems)


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One row as reports show it, before an import and after."""

    line: int
    identifier: str
    verdict: RowVerdict
    problems: tuple[Problem, ...]


@dataclass(eq=False)
class Import:
    """A file that came into a bank, with its counts."""

    id: UUID
    bank_id: UUID
    file: str
    format: str
    language: str
    licence: str
    attribution: str
    author: str
    source: str
    read: int
    created: int
    unchanged: int
    updated: int
    rejected: int
    imported_by: UUID | None
    imported_at: datetime
    undone_by: UUID | None = None
    undone_at: datetime | None = None


@dataclass(eq=False)
class ImportRow:
    """What became of one item of the file."""

    id: UUID
    import_id: UUID
    number: int
    line: int
    identifier: str
    verdict: RowVerdict
    item_id: UUID | None
    version_id: UUID | None
    previous_version_id: UUID | None
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def told(self) -> ToldRow:
        """The row with its problems as they can be said."""
        found = (Problem(each["rule"], Text(each["msgid"], each["values"]), each["severity"]) for each in self.problems)
        return ToldRow(self.line, self.identifier, self.verdict, tuple(found))


@dataclass(eq=False)
class Plan:
    """The verdicts on the items of a file, some after some; of those before it remembers names and questions alone."""

    names: set[str] = field(default_factory=set)
    questions: dict[bytes, str] = field(default_factory=dict)

    def rows(
        self, found: Iterable[ReadItem], known: Mapping[str, KnownItem], asked: Mapping[tuple[str, str], str]
    ) -> list[PlannedRow]:
        """The verdict on every one of ``found``.

        ``known`` are the bank's items by identifier; ``asked`` names, for (language, canonical hash), the item of
        the bank that asks exactly that. The same name or question twice in one file is refused like one in the bank.
        """
        return [self._row(read, known.get(read.identifier), asked) for read in found]

    def _row(self, read: ReadItem, known: KnownItem | None, asked: Mapping[tuple[str, str], str]) -> PlannedRow:
        row = self._planned(read, known, asked)
        self.names.add(read.identifier)
        if row.content is not None:
            said = canonical_hashes(row.content)
            self.questions.update({_short(*one): read.identifier for one in said.items()})
        return row

    def _planned(self, read: ReadItem, known: KnownItem | None, asked: Mapping[tuple[str, str], str]) -> PlannedRow:
        if read.content is None:
            return PlannedRow(read, "rejected", problems=read.problems)
        if read.identifier in self.names:
            return _refused(read, Problem("identifier-twice", text("The file names two items like this.")))
        said = canonical_hashes(read.content).items()
        twins = {self.questions.get(_short(*one)) or asked.get(one) for one in said}
        others = sorted(name for name in twins if name and name != read.identifier)
        if others:
            return _refused(read, Problem("same-item", text("“%(name)s” asks exactly this.", name=others[0])))
        return _created(read, read.content) if known is None else _compared(read, read.content, known)


def _short(language: str, canonical_hash: str) -> bytes:
    """A language and a hash in a quarter of their room: 16 bytes of a hash are nobody else's by chance."""
    return language.encode() + bytes.fromhex(canonical_hash)[:16]


def _created(read: ReadItem, content: ItemContent) -> PlannedRow:
    return PlannedRow(read, "created", content, problems=read.problems)


def _compared(read: ReadItem, content: ItemContent, known: KnownItem) -> PlannedRow:
    kept = merged(known.content, content)
    told = (*read.problems, *feedback_kept(known.content, content))
    verdict: RowVerdict = "unchanged" if is_same(known.content, kept) else "updated"
    return PlannedRow(read, verdict, known.content if verdict == "unchanged" else kept, known, told)


def _refused(read: ReadItem, problem: Problem) -> PlannedRow:
    return PlannedRow(read, "rejected", problems=(*read.problems, problem))


def as_json(problem: Problem) -> dict[str, Any]:
    """A problem as an import row keeps it, to be said in the reader's language later."""
    values = {
        name: value if isinstance(value, int | float | str) else str(value)
        for name, value in problem.text.values.items()
    }
    return {"rule": problem.rule, "severity": problem.severity, "msgid": problem.text.msgid, "values": values}
