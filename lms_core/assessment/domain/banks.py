"""Banks and their items: versions that never change, and approval by a second person."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Final, Literal
from uuid import UUID

from lms_core.assessment.domain.exams import WHOLE_SITE, Place
from lms_core.assessment.domain.items import references_expire_on
from lms_core.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from lms_core.foundation.events import Event
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import Titles, text
from lms_core.hooks.items import ItemContent

SEE_BANK: Final = "assessment.see_bank"
AUTHOR_ITEM: Final = "assessment.author_item"
REVIEW_ITEM: Final = "assessment.review_item"
IMPORT_ITEMS: Final = "assessment.import_items"
EXPORT_ITEMS: Final = "assessment.export_items"

_CODE_BLOCK = re.compile(r"^(```|~~~).*?^\1[`~]*$", re.DOTALL | re.MULTILINE)
_MARKS = re.compile(r"[*`]|^#+ ", re.MULTILINE)

ItemState = Literal["needs_review", "approved", "returned", "retired"]
STATES: Final[tuple[ItemState, ...]] = ("needs_review", "approved", "returned", "retired")
Verdict = Literal["approved", "returned"]


class OwnWork(Forbidden):
    """Whoever wrote or brought in a version cannot approve it: a second person does."""

    code = "own-work"
    default = text("You wrote or imported this version. Somebody else has to approve it.")


class BankNotFound(NotFound):
    """There is no bank of this name, or the person may not see it."""

    code = "bank-not-found"
    default = text("There is no such bank.")


class ReviewOutdated(Conflict):
    """The item was changed after the reviewer read it."""

    code = "review-outdated"
    default = text("The item was changed meanwhile. Read the new version, then decide.")


class ItemChanged(Conflict):
    """Somebody wrote another version while the author was writing."""

    code = "item-changed"
    default = text("Somebody changed the item meanwhile. What you wrote is still here; keeping it again goes over it.")


class SlugTaken(Conflict):
    """Another bank has this short name."""

    code = "slug-taken"
    default = text("Another bank has this short name. Choose another one.")


class SameItem(Conflict):
    """The bank holds an item with the same question and the same choices under another identifier."""

    code = "same-item"
    default = text("This bank already asks exactly this.")


class IdentifierTaken(Conflict):
    """The bank holds another item under this identifier."""

    code = "identifier-taken"
    default = text("Another item of this bank has this identifier.")


class ItemInvalid(Invalid):
    """The item breaks a rule that every item keeps; ``reasons`` names each."""

    code = "item-invalid"
    default = text("The item cannot be kept like this.")


@dataclass(frozen=True, slots=True)
class OpenBank:
    """Make a bank. ``slug`` is its short name in addresses and commands."""

    slug: str
    titles: Titles
    place: Place = WHOLE_SITE
    certification: str = ""


@dataclass(frozen=True, slots=True)
class WriteItem:
    """Keep ``content`` in a bank: as a new item, or as a new version of ``item_id``, after version ``read``."""

    bank_id: UUID
    content: ItemContent
    item_id: UUID | None = None
    read: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """Decide on the version that was read. ``note`` tells the author why it is returned."""

    item_id: UUID
    version_id: UUID
    verdict: Verdict
    note: str = ""


@dataclass(frozen=True, slots=True)
class RetireItem:
    """Ask an item no more. ``successor`` names the item of the same bank that is asked instead, if there is one."""

    item_id: UUID
    why: str
    successor: str = ""


@dataclass(eq=False)
class Bank:
    """Items that belong together. Its place decides who may see and change it."""

    id: UUID
    slug: str
    titles: Titles
    place: Place
    certification: str
    created_by: UUID | None
    created_at: datetime
    version: int = field(default=1, init=False)

    @property
    def scopes(self) -> Scopes:
        """Where permissions on it may be held."""
        return self.place.scopes


@dataclass(eq=False)
class Item:
    """An item: the newest version is what authors see, the approved one what exams ask."""

    id: UUID
    bank_id: UUID
    identifier: str
    type: str
    state: ItemState
    latest_version_id: UUID
    approved_version_id: UUID | None
    stem: str
    objective: str
    difficulty: str
    languages: str
    created_at: datetime
    changed_at: datetime
    retired_why: str = field(default="", init=False)
    successor_id: UUID | None = field(default=None, init=False)
    references_expire_on: date | None = field(default=None, init=False)
    version: int = field(default=1, init=False)

    def take(self, version_id: UUID, content: ItemContent, now: datetime) -> None:
        """Let a new version be the newest one. What was approved stays in use until this one is approved."""
        self.latest_version_id = version_id
        self.type, self.objective = content.type, content.objective
        self.stem, self.languages = headline(content), " ".join(content.languages)
        self.difficulty = content.difficulty or ""
        self.state, self.changed_at = "needs_review", now
        self.retired_why, self.successor_id = "", None
        self.references_expire_on = references_expire_on(content)

    def decide(self, verdict: Verdict, version_id: UUID, now: datetime) -> None:
        """Approve or return the newest version. Raises ReviewOutdated for any other."""
        if version_id != self.latest_version_id:
            raise ReviewOutdated
        self.state, self.changed_at = verdict, now
        if verdict == "approved":
            self.approved_version_id = version_id

    def retire(self, why: str, successor_id: UUID | None, now: datetime) -> None:
        """Ask it no more, say why, and which item is asked instead. Past attempts keep what they asked."""
        self.state, self.approved_version_id, self.changed_at = "retired", None, now
        self.retired_why, self.successor_id = why, successor_id

    def restore(self, now: datetime) -> None:
        """Let it be asked again once a second person has approved it anew."""
        self.state, self.changed_at, self.retired_why, self.successor_id = "needs_review", now, "", None


@dataclass(eq=False)
class ItemVersion:
    """What an item said from one moment on. Never changed; ``content`` is JSON as `content_json` writes it."""

    id: UUID
    item_id: UUID
    number: int
    content: dict[str, Any]
    created_by: UUID | None
    import_id: UUID | None
    created_at: datetime

    def may_be_approved_by(self, person_id: UUID | None) -> bool:
        """Whether this person is somebody else than the one who wrote it or brought it in."""
        return person_id is None or person_id != self.created_by


@dataclass(eq=False)
class ItemReview:
    """A decision on one version. ``reviewer_id`` is None where the system decided."""

    id: UUID
    item_id: UUID
    version_id: UUID
    verdict: Verdict
    note: str
    reviewer_id: UUID | None
    reviewed_at: datetime


def headline(content: ItemContent) -> str:
    """The question for lists and searching: a line for each language, without code blocks and signs of Markdown."""
    return "\n".join(_one_line(words) for words in content.stem.values())


def headline_in(stems: str, languages: str, language: str) -> str:
    """Of what ``headline`` wrote of an item in these ``languages``, the line in ``language``, else the first one."""
    lines = dict(zip(languages.split(), stems.split("\n"), strict=False))
    return lines.get(language) or next(iter(lines.values()), "")


def _one_line(words: str) -> str:
    prose = _CODE_BLOCK.sub(" ", words)
    return " ".join(_MARKS.sub("", prose).split())[:1000]


@dataclass(frozen=True, slots=True)
class ItemsExported(Event):
    """Items of a bank left as a file."""

    name: ClassVar[str] = "assessment.items_exported"

    bank_id: UUID
    format: str
    items: int


@dataclass(frozen=True, slots=True)
class ItemsImported(Event):
    """Items came into a bank."""

    name: ClassVar[str] = "assessment.items_imported"

    import_id: UUID
    bank_id: UUID


@dataclass(frozen=True, slots=True)
class ImportUndone(Event):
    """An import was taken back."""

    name: ClassVar[str] = "assessment.import_undone"

    import_id: UUID
    bank_id: UUID


@dataclass(frozen=True, slots=True)
class ItemWritten(Event):
    """An item got a new version."""

    name: ClassVar[str] = "assessment.item_written"

    item_id: UUID
    version_id: UUID


@dataclass(frozen=True, slots=True)
class ItemReviewed(Event):
    """A version was approved or returned."""

    name: ClassVar[str] = "assessment.item_reviewed"

    item_id: UUID
    version_id: UUID


@dataclass(frozen=True, slots=True)
class BankOpened(Event):
    """There is a new bank."""

    name: ClassVar[str] = "assessment.bank_opened"

    bank_id: UUID
