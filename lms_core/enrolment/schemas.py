"""What enrolment reads and gives out."""

from typing import Any

from lms_core.enrolment.domain.applications import APPLICATION_STATES, ENROLMENT_STATES, LONGEST_ANSWER, LONGEST_REASON
from lms_core.enrolment.domain.cohorts import HIGHEST_NUMBER, MOST_PLACES, PHASES, STATES, CohortDetails
from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Said, Schema

CHOOSE = ("", text("Choose one"))
MOST_AT_ONCE = 100


def title_field(label: Text) -> fields.String:
    """A title in one language."""
    return fields.String(required=True, validate=fields.Length(min=1, max=200), metadata={"label": label})


def reason_field(label: Text, help_text: Text, *, required: bool = False) -> fields.String:
    """A sentence that says why."""
    told = {"label": label, "help": help_text, "kind": "textarea", "attributes": {"rows": "3"}}
    least = 1 if required else 0
    rules = fields.Length(min=least, max=LONGEST_REASON)
    if required:
        return fields.String(required=True, validate=rules, metadata=told)
    return fields.String(load_default="", validate=rules, metadata=told)


class CohortIn(Schema):
    """A cohort as it is written."""

    number = fields.Integer(
        required=True,
        validate=fields.Range(min=1, max=HIGHEST_NUMBER),
        metadata={"label": text("Cohort number"), "help": text("Cohorts of a course at a campus are counted from 1.")},
    )
    title_ko = title_field(text("Title in Korean"))
    title_en = title_field(text("Title in English"))
    capacity = fields.Integer(
        required=True, validate=fields.Range(min=1, max=MOST_PLACES), metadata={"label": text("Places")}
    )
    applications_from = fields.DateTime(required=True, metadata={"label": text("Applications from")})
    applications_until = fields.DateTime(required=True, metadata={"label": text("Applications until")})
    starts_on = fields.Date(required=True, metadata={"label": text("First day")})
    ends_on = fields.Date(required=True, metadata={"label": text("Last day")})
    version = fields.Integer(load_default=None, metadata={"label": text("Version"), "kind": "hidden"})

    @staticmethod
    def details(data: dict[str, Any]) -> CohortDetails:
        """The loaded data as the domain takes it."""
        titles = Titles(data["title_ko"], data["title_en"])
        window = (data["applications_from"], data["applications_until"])
        return CohortDetails(data["number"], titles, data["capacity"], *window, data["starts_on"], data["ends_on"])


class NewCohortIn(CohortIn):
    """A new cohort: what it is a cohort of stays for good."""

    course_id = fields.UUID(
        required=True,
        metadata={"label": text("Course"), "help": text("Stays for good."), "options": (CHOOSE,)},
    )
    campus_id = fields.UUID(
        required=True,
        metadata={"label": text("Campus"), "help": text("Stays for good."), "options": (CHOOSE,)},
    )


class CohortOut(Schema):
    """A cohort as anybody who is signed in may know it."""

    id = fields.UUID(required=True, attribute="cohort.id")
    course_id = fields.UUID(required=True, attribute="cohort.course_id")
    campus_id = fields.UUID(required=True, attribute="cohort.campus_id")
    number = fields.Integer(required=True, attribute="cohort.number")
    title_ko = fields.String(required=True, attribute="cohort.titles.ko")
    title_en = fields.String(required=True, attribute="cohort.titles.en")
    course_title_ko = fields.String(required=True, attribute="course.ko")
    course_title_en = fields.String(required=True, attribute="course.en")
    capacity = fields.Integer(required=True, attribute="cohort.capacity")
    places_taken = fields.Integer(required=True, attribute="cohort.places_taken")
    applications_from = fields.DateTime(required=True, attribute="cohort.applications_from")
    applications_until = fields.DateTime(required=True, attribute="cohort.applications_until")
    starts_on = fields.Date(required=True, attribute="cohort.starts_on")
    ends_on = fields.Date(required=True, attribute="cohort.ends_on")
    state = fields.String(required=True, attribute="cohort.state", validate=fields.OneOf(list(STATES)))
    phase = fields.String(required=True, validate=fields.OneOf(list(PHASES)))
    version = fields.Integer(required=True, attribute="cohort.version")


class RunCohortOut(CohortOut):
    """A cohort as those who run it know it: with how many wait for a decision, and for a place."""

    submitted = fields.Integer(required=True)
    waiting = fields.Integer(required=True)


class MoveIn(Schema):
    """Where a cohort is to go."""

    state = fields.String(required=True, validate=fields.OneOf(["open", "closed", "cancelled"]))


class CriterionOut(Schema):
    """One condition of eligibility."""

    code = fields.String(required=True)
    title = Said(required=True)
    met = fields.Boolean(required=True)
    reasons = fields.List(Said(), required=True)


class ReasonOut(Schema):
    """A reason against something, and who says so."""

    code = fields.String(required=True)
    reason = Said(required=True)
    plugin = fields.String(required=True)


class EligibilityOut(Schema):
    """Whether one could apply now, by which conditions, and what reviewers say."""

    eligible = fields.Boolean(required=True)
    criteria = fields.List(fields.Nested(CriterionOut), required=True)
    reasons = fields.List(fields.Nested(ReasonOut), required=True)


class ApplicationIn(Schema):
    """An application as the applicant writes it."""

    motivation = fields.String(
        required=True,
        validate=fields.Length(min=1, max=LONGEST_ANSWER),
        metadata={
            "label": text("Why do you want to take this course?"),
            "help": text("A few sentences are enough. Only those who decide on applications read them."),
            "kind": "textarea",
        },
    )


class ApplicationOut(Schema):
    """An application as it is given out in lists: without its answers."""

    id = fields.UUID(required=True, attribute="application.id")
    cohort_id = fields.UUID(required=True, attribute="application.cohort_id")
    person_id = fields.UUID(required=True, attribute="application.person_id")
    name = fields.String(required=True)
    number = fields.Integer(required=True, attribute="application.number")
    state = fields.String(required=True, attribute="application.state", validate=fields.OneOf(list(APPLICATION_STATES)))
    position = fields.Integer(required=True, allow_none=True)
    applied_at = fields.DateTime(required=True, attribute="application.applied_at")
    by_staff = fields.Boolean(required=True, attribute="application.by_staff")
    note = fields.String(required=True, allow_none=True, attribute="application.note")


class DecisionOut(Schema):
    """What was decided, by which version of which rule, on which facts."""

    verdict = fields.Boolean(required=True)
    rule = fields.String(required=True)
    rule_version = fields.String(required=True)
    facts = fields.Dict(required=True)
    reasons = fields.List(fields.Nested(ReasonOut), required=True)
    decided_at = fields.DateTime(required=True)


class WholeApplicationOut(ApplicationOut):
    """One application with its answers and the last decision about it. Staff who read it are recorded."""

    answers = fields.Dict(required=True, attribute="application.answers", allow_none=True)
    decision = fields.Nested(DecisionOut, required=True, allow_none=True)


class ApplicationsIn(Schema):
    """Several applications of one cohort."""

    application_ids = fields.List(
        fields.UUID(), required=True, validate=fields.Length(min=1, max=MOST_AT_ONCE), metadata={"kind": "hidden"}
    )


class AcceptIn(ApplicationsIn):
    """Applications to accept."""

    override = reason_field(
        text("Reason for the exception"),
        text("Kept with the decision. Leave it empty where the rules are met."),
    )


class DeclineIn(ApplicationsIn):
    """Applications to decline."""

    note = reason_field(text("Reason"), text("The applicants read this."), required=True)


class OutcomeOut(Schema):
    """What became of one application."""

    application_id = fields.UUID(required=True)
    person_id = fields.UUID(required=True)
    state = fields.String(required=True)
    position = fields.Integer(required=True, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonOut), required=True)


class OutcomesOut(Schema):
    """What became of each application."""

    items = fields.List(fields.Nested(OutcomeOut), required=True)


class EnrolmentIn(Schema):
    """Somebody to put into the line by hand, as a program names them."""

    person_id = fields.UUID(required=True)
    override = reason_field(text("Reason for the exception"), text("Kept with the decision."))


class AddPersonIn(Schema):
    """Somebody to put into the line by hand, as a form names them."""

    email = fields.Email(required=True, metadata={"label": text("E-mail address")})
    override = reason_field(
        text("Reason for an exception"), text("Only where a rule stands in the way. Kept with the decision.")
    )


class WithdrawIn(Schema):
    """Why a place is given up."""

    reason = reason_field(text("Reason"), text("Kept with the place, for the programme's figures."))


class EnrolmentOut(Schema):
    """A place that somebody has or had."""

    id = fields.UUID(required=True, attribute="enrolment.id")
    cohort_id = fields.UUID(required=True, attribute="enrolment.cohort_id")
    person_id = fields.UUID(required=True, attribute="enrolment.person_id")
    name = fields.String(required=True)
    number = fields.Integer(required=True)
    state = fields.String(required=True, attribute="enrolment.state", validate=fields.OneOf(list(ENROLMENT_STATES)))
    enrolled_at = fields.DateTime(required=True, attribute="enrolment.enrolled_at")
    ended_at = fields.DateTime(required=True, allow_none=True, attribute="enrolment.ended_at")
    explanation = fields.Dict(required=True, attribute="enrolment.explanation")


class AnnouncedQuery(PageIn):
    """Which announced cohorts are wanted."""

    campus = fields.String(load_default="", validate=fields.Length(max=36))
    course = fields.String(load_default="", validate=fields.Length(max=36))
    phase = fields.String(load_default="", validate=fields.OneOf(("", "taking", "upcoming")))


class CohortQuery(PageIn):
    """Which of the cohorts that one runs are wanted."""

    campus = fields.String(load_default="", validate=fields.Length(max=36))
    course = fields.String(load_default="", validate=fields.Length(max=36))
    phase = fields.String(load_default="", validate=fields.OneOf(("", *PHASES)))


class ApplicationQuery(PageIn):
    """Which applications of a cohort are wanted."""

    state = fields.String(load_default="", validate=fields.OneOf(("", *APPLICATION_STATES)))


class EnrolmentQuery(PageIn):
    """Which places of a cohort are wanted; those that people have, if nothing is said."""

    state = fields.String(load_default="", validate=fields.OneOf(("", *ENROLMENT_STATES)))
