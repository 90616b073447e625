"""What university_outreach reads and gives out."""

from typing import Any

from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Said, Schema
from university_outreach.domain import LINE_LENGTH, MOST_EQUIPMENT, PLACE_LENGTH, AgreementDetails, VisitDetails

STATES = (("", text("All")), ("planned", text("Visit planned")), ("cancelled", text("Visit cancelled")))
TO_CHOOSE = (("", text("Choose one")),)
NOTE_LENGTH = 2000


def _words(label: Any, most: int = PLACE_LENGTH, help_: Any = None, **metadata: Any) -> fields.String:
    told = {"label": label, "help": help_, **metadata}
    return fields.String(load_default="", validate=fields.Length(max=most), metadata=told)


def _version() -> fields.Integer:
    return fields.Integer(load_default=None, allow_none=True, metadata={"label": text("Version"), "kind": "hidden"})


class VisitQuery(PageIn):
    """Which visits are wanted."""

    state = fields.String(load_default="", validate=fields.OneOf(["", "planned", "cancelled"]))


class VisitFields(Schema):
    """What is said of a visit, however it arrives. Place, time and host may follow later."""

    agreement_id = fields.UUID(
        load_default=None,
        allow_none=True,
        metadata={"label": text("Host"), "options": (("", text("Not known yet")),), "kind": "select"},
    )
    building = _words(text("Building"))
    room = _words(text("Room"))
    address = _words(text("Address"), 300)
    starts_at = fields.DateTime(load_default=None, allow_none=True, metadata={"label": text("Begins")})
    ends_at = fields.DateTime(load_default=None, allow_none=True, metadata={"label": text("Ends")})
    contact_role = _words(
        text("Contact at the university"), help_=text("A role, such as “career centre, programme office”; no names.")
    )
    note = _words(text("Note for learners"), NOTE_LENGTH, kind="textarea")
    version = _version()


class VisitIn(VisitFields):
    """A visit as programs write it. ``version`` is the one that was read, when it is changed."""

    course_id = fields.UUID(required=True)
    equipment = fields.List(
        fields.String(validate=fields.Length(min=1, max=LINE_LENGTH)),
        load_default=list,
        validate=fields.Length(max=MOST_EQUIPMENT),
    )


class VisitForm(VisitFields):
    """A visit as people write it."""

    course_id = fields.UUID(required=True, metadata={"label": text("Course"), "options": TO_CHOOSE, "kind": "select"})
    equipment = _words(
        text("Equipment"), NOTE_LENGTH, text("One line for each, such as “30 notebooks (university)”."), kind="textarea"
    )


class VisitOut(Schema):
    """A visit as it is given out. ``missing`` says what it still lacks before its course can be published."""

    id = fields.UUID(required=True, attribute="visit.id")
    course_id = fields.UUID(required=True, attribute="visit.course_id")
    agreement_id = fields.UUID(required=True, allow_none=True, attribute="visit.agreement_id")
    university_id = fields.UUID(required=True, allow_none=True, attribute="agreement.university_id", dump_default=None)
    building = fields.String(required=True, attribute="visit.building")
    room = fields.String(required=True, attribute="visit.room")
    address = fields.String(required=True, attribute="visit.address")
    starts_at = fields.DateTime(required=True, allow_none=True, attribute="visit.starts_at")
    ends_at = fields.DateTime(required=True, allow_none=True, attribute="visit.ends_at")
    contact_role = fields.String(required=True, attribute="visit.contact_role")
    equipment = fields.List(fields.String(), required=True, attribute="visit.equipment")
    note = fields.String(required=True, attribute="visit.note")
    state = fields.String(required=True, attribute="visit.state", validate=fields.OneOf(["planned", "cancelled"]))
    missing = fields.List(Said(), required=True)
    version = fields.Integer(required=True, attribute="visit.version")


class AgreementIn(Schema):
    """An agreement as it is written."""

    university_id = fields.UUID(
        required=True, metadata={"label": text("University"), "options": TO_CHOOSE, "kind": "select"}
    )
    department = fields.String(
        required=True,
        validate=fields.Length(min=1, max=PLACE_LENGTH),
        metadata={
            "label": text("Department in charge"),
            "help": text("Who answers for it there, such as “career centre”."),
        },
    )
    signed_on = fields.Date(required=True, metadata={"label": text("In force from")})
    ends_on = fields.Date(
        load_default=None,
        allow_none=True,
        metadata={"label": text("In force until"), "help": text("Leave empty if it has no end.")},
    )
    note = _words(text("Note"), NOTE_LENGTH, kind="textarea")
    version = _version()

    @staticmethod
    def details(data: dict[str, Any]) -> AgreementDetails:
        """The loaded data as the domain takes it."""
        return AgreementDetails(**{name: value for name, value in data.items() if name != "version"})


class AgreementOut(Schema):
    """An agreement as it is given out."""

    id = fields.UUID(required=True, attribute="agreement.id")
    university_id = fields.UUID(required=True, attribute="agreement.university_id")
    university_ko = fields.String(required=True, attribute="university.ko")
    university_en = fields.String(required=True, attribute="university.en")
    department = fields.String(required=True, attribute="agreement.department")
    signed_on = fields.Date(required=True, attribute="agreement.signed_on")
    ends_on = fields.Date(required=True, allow_none=True, attribute="agreement.ends_on")
    note = fields.String(required=True, attribute="agreement.note")
    version = fields.Integer(required=True, attribute="agreement.version")


def visit_details(data: dict[str, Any]) -> VisitDetails:
    """A loaded visit as the domain takes it; equipment is a list, or lines of text."""
    told = {name: value for name, value in data.items() if name not in {"version", "course_id", "equipment"}}
    lines = data["equipment"] if isinstance(data["equipment"], list) else data["equipment"].splitlines()
    return VisitDetails(**told, equipment=tuple(line.strip() for line in lines if line.strip()))
