"""What the organisation room reads and gives out."""

from typing import Any

from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema
from lms_core.organisation.domain import (
    ORGANISATION_KINDS,
    POSITIONS,
    SLUG,
    SLUG_LENGTH,
    TITLE_LENGTH,
    CampusDetails,
    DepartmentDetails,
    NewMembership,
    OrganisationDetails,
)

SLUG_RULE = text("Use lower-case letters, digits and hyphens, such as “mapo-ai”.")
CHOOSE = ("", text("Choose one"))


def title_field(label: Any) -> fields.String:
    """A title in one language."""
    return fields.String(required=True, validate=fields.Length(min=1, max=TITLE_LENGTH), metadata={"label": label})


def slug_field() -> fields.String:
    """A short name for addresses and files."""
    return fields.String(
        required=True,
        validate=[fields.Length(min=1, max=SLUG_LENGTH), fields.Matches(rf"^{SLUG.pattern}$", SLUG_RULE)],
        metadata={"label": text("Short name"), "help": SLUG_RULE},
    )


def version_field() -> fields.Integer:
    """The version that was read; a change of a newer one is refused. None when something is added."""
    return fields.Integer(load_default=None, metadata={"label": text("Version"), "kind": "hidden"})


def titles_of(data: dict[str, Any]) -> Titles:
    """The two titles of a loaded form."""
    return Titles(data["title_ko"], data["title_en"])


class OrganisationIn(Schema):
    """An organisation as it is written."""

    title_ko = title_field(text("Name in Korean"))
    title_en = title_field(text("Name in English"))
    slug = slug_field()
    kind = fields.String(
        required=True,
        validate=fields.OneOf(ORGANISATION_KINDS),
        metadata={"label": text("Kind"), "options": ORGANISATION_KINDS.items(), "kind": "radio"},
    )
    version = version_field()

    @staticmethod
    def details(data: dict[str, Any]) -> OrganisationDetails:
        """The loaded data as the domain takes it."""
        return OrganisationDetails(data["kind"], data["slug"], titles_of(data))


class OrganisationOut(Schema):
    """An organisation as it is given out."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    slug = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    version = fields.Integer(required=True)


class CampusIn(Schema):
    """A campus as it is written."""

    title_ko = title_field(text("Name in Korean"))
    title_en = title_field(text("Name in English"))
    slug = slug_field()
    owner_id = fields.UUID(required=True, metadata={"label": text("Belongs to"), "options": (CHOOSE,)})
    partner_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={
            "label": text("Dedicated to"),
            "help": text("The partner company whose curriculum this campus runs, if it is dedicated to one."),
            "options": (("", text("No partner")),),
        },
    )
    district = fields.String(load_default="", validate=fields.Length(max=80), metadata={"label": text("District")})
    address = fields.String(load_default="", validate=fields.Length(max=300), metadata={"label": text("Address")})
    opened_on = fields.Date(load_default=None, allow_none=True, metadata={"label": text("Opened on")})
    version = version_field()

    @staticmethod
    def details(data: dict[str, Any]) -> CampusDetails:
        """The loaded data as the domain takes it."""
        places = (data["district"], data["address"], data["opened_on"])
        return CampusDetails(data["owner_id"], data["partner_id"], data["slug"], titles_of(data), *places)


class CampusOut(Schema):
    """A campus as it is given out."""

    id = fields.UUID(required=True)
    owner_id = fields.UUID(required=True)
    partner_id = fields.UUID(required=True, allow_none=True)
    slug = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    district = fields.String(required=True)
    address = fields.String(required=True)
    opened_on = fields.Date(required=True, allow_none=True)
    version = fields.Integer(required=True)


class DepartmentIn(Schema):
    """A department as it is written."""

    title_ko = title_field(text("Name in Korean"))
    title_en = title_field(text("Name in English"))
    slug = slug_field()
    version = version_field()

    @staticmethod
    def details(data: dict[str, Any]) -> DepartmentDetails:
        """The loaded data as the domain takes it."""
        return DepartmentDetails(data["slug"], titles_of(data))


class DepartmentOut(Schema):
    """A department as it is given out."""

    id = fields.UUID(required=True)
    campus_id = fields.UUID(required=True)
    slug = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    version = fields.Integer(required=True)


def position_field() -> fields.String:
    """What somebody is in a place."""
    return fields.String(
        required=True,
        validate=fields.OneOf(POSITIONS),
        metadata={"label": text("Position"), "options": (CHOOSE, *POSITIONS.items())},
    )


def begun_field() -> fields.Date:
    """The first day of a position."""
    return fields.Date(required=True, metadata={"label": text("Begun on")})


class MembershipIn(Schema):
    """A membership as a program writes it: in an organisation or on a campus."""

    person_id = fields.UUID(required=True)
    organisation_id = fields.UUID(load_default=None, allow_none=True)
    campus_id = fields.UUID(load_default=None, allow_none=True)
    position = position_field()
    begun_on = begun_field()

    @staticmethod
    def wanted(data: dict[str, Any]) -> NewMembership:
        """The loaded data as the domain takes it."""
        return NewMembership(**data)


class NewMemberIn(Schema):
    """A new member as a form writes it: the place stands in the address, the person is found by e-mail."""

    email = fields.Email(required=True, metadata={"label": text("E-mail address")})
    position = position_field()
    begun_on = begun_field()


class MembershipEndIn(Schema):
    """The last day of a membership."""

    ended_on = fields.Date(required=True, metadata={"label": text("Ended on")})


class MembershipOut(Schema):
    """A membership as it is given out."""

    id = fields.UUID(required=True, attribute="membership.id")
    person_id = fields.UUID(required=True, attribute="membership.person_id")
    name = fields.String(required=True)
    organisation_id = fields.UUID(required=True, allow_none=True, attribute="membership.organisation_id")
    campus_id = fields.UUID(required=True, allow_none=True, attribute="membership.campus_id")
    position = fields.String(required=True, attribute="membership.position")
    begun_on = fields.Date(required=True, attribute="membership.begun_on")
    ended_on = fields.Date(required=True, allow_none=True, attribute="membership.ended_on")


class OrganisationQuery(PageIn):
    """Which organisations are wanted."""

    kind = fields.String(load_default="", validate=fields.OneOf(("", *ORGANISATION_KINDS)))


class CampusQuery(PageIn):
    """Which campuses are wanted: all, or only (not) dedicated ones."""

    dedicated = fields.String(load_default="", validate=fields.OneOf(("", "yes", "no")))


class MemberQuery(PageIn):
    """Which members are wanted: of one position, and those whose membership ended as well."""

    position = fields.String(load_default="", validate=fields.OneOf(("", *POSITIONS)))
    ended = fields.String(load_default="", validate=fields.OneOf(("", "yes")))
