"""The places of the programme, and the rules they keep."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from lms_core.foundation.errors import Conflict, Invalid, NotFound
from lms_core.foundation.events import Event
from lms_core.foundation.scopes import Scopes, scopes
from lms_core.foundation.text import Text, Titles, text

ORGANISATION_KINDS: Mapping[str, Text] = {
    "city": text("City"),
    "company": text("Company"),
    "university": text("University"),
    "association": text("Association"),
}
POSITIONS: Mapping[str, Text] = {
    "staff": text("Staff"),
    "instructor": text("Instructor"),
    "operator": text("Operator"),
    "partner_manager": text("Partner manager"),
    "coordinator": text("Coordinator"),
    "official": text("City official"),
}
# A company brings a curriculum and teachers to a campus; the house itself belongs to the public or to a university.
OWNER_KINDS = frozenset({"city", "university", "association"})
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 60
TITLE_LENGTH = 200


class OrganisationNotFound(NotFound):
    """There is no such organisation, or it may not be known."""

    code = "organisation-not-found"
    default = text("We could not find this organisation.")


class CampusNotFound(NotFound):
    """There is no such campus, or it may not be known."""

    code = "campus-not-found"
    default = text("We could not find this campus.")


class DepartmentNotFound(NotFound):
    """The campus has no such department."""

    code = "department-not-found"
    default = text("We could not find this department.")


class MembershipNotFound(NotFound):
    """There is no such membership."""

    code = "membership-not-found"
    default = text("We could not find this membership.")


class SlugTaken(Conflict):
    """Another one already has this short name."""

    code = "slug-taken"
    default = text("This short name is already in use. Choose another one.")

    def __init__(self) -> None:
        """Stand beside the field that it concerns."""
        super().__init__(fields={"slug": (self.default,)})


class ChangedMeanwhile(Conflict):
    """Somebody saved another version since this one was opened."""

    code = "changed-meanwhile"
    default = text(
        "Someone else saved this while you were editing. "
        "Compare what is saved now with what you typed, then save again."
    )


class AlreadyMember(Conflict):
    """The person already holds this position here."""

    code = "already-member"
    default = text("This person already has this position here.")


@dataclass(eq=False)
class Organisation:
    """A city, company, university or association that takes part in the programme."""

    id: UUID
    kind: str
    slug: str
    titles: Titles
    version: int = 1

    @property
    def scopes(self) -> Scopes:
        """Where rules for this organisation hold."""
        return scopes(organisation=self.id)


@dataclass(eq=False)
class Campus:
    """A place where courses are held. With a partner it is dedicated to that partner's curriculum."""

    id: UUID
    owner_id: UUID
    partner_id: UUID | None
    slug: str
    titles: Titles
    district: str = ""
    address: str = ""
    opened_on: date | None = None
    version: int = 1

    @property
    def dedicated(self) -> bool:
        """Whether it runs for one partner."""
        return self.partner_id is not None

    @property
    def scopes(self) -> Scopes:
        """Where rules for this campus hold: with its owner, with its partner, and here."""
        return scopes(organisation=self.owner_id) | scopes(organisation=self.partner_id, campus=self.id)


@dataclass(eq=False)
class Department:
    """A field of study that a campus teaches (학과)."""

    id: UUID
    campus_id: UUID
    slug: str
    titles: Titles
    version: int = 1


@dataclass(eq=False)
class Membership:
    """A person's position in an organisation or on a campus; from a day, and until one if it has ended."""

    id: UUID
    person_id: UUID
    organisation_id: UUID | None
    campus_id: UUID | None
    position: str
    begun_on: date
    ended_on: date | None = None

    def end(self, day: date) -> None:
        """Close it. Raises Invalid where it would end before it began, or has ended already."""
        if self.ended_on is not None:
            raise Invalid(text("This membership has already ended."))
        if day < self.begun_on:
            raise Invalid(fields={"ended_on": (text("It cannot end before it began, on %(day)s.", day=self.begun_on),)})
        self.ended_on = day


@dataclass(frozen=True, slots=True)
class CampusListed:
    """A campus as lists show it, with who runs it and how many departments it has."""

    campus: Campus
    owner: Titles
    partner: Titles | None
    departments: int


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What can be said of an organisation."""

    kind: str
    slug: str
    titles: Titles


@dataclass(frozen=True, slots=True)
class CampusDetails:
    """What can be said of a campus."""

    owner_id: UUID
    partner_id: UUID | None
    slug: str
    titles: Titles
    district: str = ""
    address: str = ""
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class DepartmentDetails:
    """What can be said of a department."""

    slug: str
    titles: Titles


@dataclass(frozen=True, slots=True)
class NewMembership:
    """Somebody is to belong to an organisation or to a campus, not to both at once."""

    person_id: UUID
    position: str
    begun_on: date
    organisation_id: UUID | None = None
    campus_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """A person took a position in an organisation or on a campus."""

    name: ClassVar[str] = "organisation.member_joined"

    membership_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    """A person's position ended."""

    name: ClassVar[str] = "organisation.member_left"

    membership_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class OrganisationChanged(Event):
    """An organisation was added or described anew."""

    name: ClassVar[str] = "organisation.organisation_changed"

    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class CampusChanged(Event):
    """A campus or one of its departments was described anew."""

    name: ClassVar[str] = "organisation.campus_changed"

    campus_id: UUID


def check_slug(slug: str, titles: Titles) -> None:
    """Raise Invalid, with every fault, unless ``slug`` and ``titles`` can stand."""
    wrong = {}
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_LENGTH:
        wrong["slug"] = (text("Use lower-case letters, digits and hyphens, such as “mapo-ai”."),)
    for name, title in (("title_ko", titles.ko), ("title_en", titles.en)):
        if not title.strip():
            wrong[name] = (text("Give the name in both languages."),)
    if wrong:
        raise Invalid(fields=wrong)


def check_hosts(owner: Organisation, partner: Organisation | None) -> None:
    """Raise Invalid, with every fault, unless these two can run a campus together."""
    wrong = {}
    if owner.kind not in OWNER_KINDS:
        wrong["owner_id"] = (text("A campus belongs to a city, a university or an association."),)
    if partner is not None and partner.kind != "company":
        wrong["partner_id"] = (text("A campus is dedicated to a company."),)
    if wrong:
        raise Invalid(fields=wrong)


def check_membership(wanted: NewMembership) -> None:
    """Raise Invalid, with every fault, unless the place and the position make sense."""
    wrong = {}
    if wanted.position not in POSITIONS:
        wrong["position"] = (text("Choose one of the positions."),)
    if (wanted.organisation_id is None) == (wanted.campus_id is None):
        wrong["campus_id"] = (text("Choose an organisation or a campus, one of them."),)
    if wrong:
        raise Invalid(fields=wrong)


def check_version(found: int, expected: int) -> None:
    """Raise ChangedMeanwhile unless what is stored is still what was read."""
    if found != expected:
        raise ChangedMeanwhile(facts={"version": str(found)})
