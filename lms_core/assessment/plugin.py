"""What assessment brings to the house."""

from collections.abc import Sequence
from datetime import timedelta

import click
from flask import Blueprint

from lms_core.assessment.api import api
from lms_core.assessment.commands.banks import bank, import_items
from lms_core.assessment.commands.exports import export_items
from lms_core.assessment.domain import banks, exams
from lms_core.assessment.domain.formats import CORE_FORMATS
from lms_core.assessment.domain.integrity import SET_INTEGRITY
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.domain.marking import MARK_ANSWERS
from lms_core.assessment.domain.measurement.runs import CALIBRATE_BANK
from lms_core.assessment.domain.proctoring import PROCTOR
from lms_core.assessment.domain.regrades import REGRADE
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.activities import KIND, show_exam
from lms_core.assessment.tasks import calibrate_bank, close_attempts, compute_statistics, regrade, regrade_latecomers
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.schedules import Schedule
from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import ActivityKind
from lms_core.hooks.item_formats import ItemFormat
from lms_core.hooks.item_types import GroupType, ItemType
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role

PERMISSIONS = (
    Permission(banks.SEE_BANK, text("See item banks")),
    Permission(banks.AUTHOR_ITEM, text("Open item banks and write items")),
    Permission(banks.REVIEW_ITEM, text("Approve, return and retire items")),
    Permission(banks.IMPORT_ITEMS, text("Import items into banks")),
    Permission(banks.EXPORT_ITEMS, text("Export items out of banks")),
    Permission(CALIBRATE_BANK, text("Calibrate item banks")),
    Permission(exams.SIT_EXAM, text("Sit exams")),
    Permission(exams.AUTHOR_EXAM, text("Write, publish and close exams")),
    Permission(exams.READ_RESULT, text("Read the results of others")),
    Permission(MARK_ANSWERS, text("Mark written answers")),
    Permission(REGRADE, text("Regrade exams after they were sat")),
    Permission(exams.EXTEND_DEADLINE, text("Give running attempts more time")),
    Permission(exams.GRANT_ACCOMMODATION, text("Grant a person more time in exams")),
    Permission(PROCTOR, text("Watch exams while they run")),
    Permission(SET_INTEGRITY, text("Say where, with which password and in which browser an exam is sat")),
)
SITTING = frozenset({exams.SIT_EXAM})
BANKING = frozenset(
    {banks.SEE_BANK, banks.AUTHOR_ITEM, banks.REVIEW_ITEM, banks.IMPORT_ITEMS, banks.EXPORT_ITEMS, CALIBRATE_BANK}
)
WRITING = BANKING | frozenset(
    {exams.AUTHOR_EXAM, exams.READ_RESULT, exams.EXTEND_DEADLINE, MARK_ANSWERS, REGRADE, PROCTOR, SET_INTEGRITY}
)
RUNNING = WRITING | {exams.GRANT_ACCOMMODATION}

# What hangs on an attempt, and by it on a person.
SAT = (
    "assessment_response",
    "assessment_result",
    "assessment_deadline",
    "assessment_marking",
    "assessment_mark",
    "assessment_regrade_change",
    "assessment_comment",
)
WATCHED = ("assessment_presence", "assessment_attempt_event")
WATCHING = text("Telling what happened on the device while an exam ran")
UNTIL_ERASED = text("As long as the attempt; deleted once the account is erased")


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done with banks and exams."""
    return PERMISSIONS


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """Who sits exams, and who writes them."""
    return [
        Role("trainee", text("Trainee"), SITTING, ("cohort", "course", "campus")),
        Role("campus_trainee", text("Trainee at the campus"), SITTING, ("campus",)),
        Role("instructor", text("Instructor"), WRITING, ("organisation", "campus", "course", "cohort")),
        Role("campus_operator", text("Campus operator"), RUNNING, ("organisation", "campus")),
    ]


@hookimpl
def lms_register_activity_kinds() -> Sequence[ActivityKind]:
    """An exam to sit within a course."""
    told = text("An exam to sit. It counts as done once an attempt has its score.")
    setting = ("exam_id", text("Number of the exam, as its address shows it"))
    return [ActivityKind(KIND, text("Exam"), told, show_exam, (setting,), completed_by="event")]


@hookimpl
def lms_register_item_types() -> Sequence[ItemType | GroupType]:
    """The types of item that are asked as one question."""
    return CORE_TYPES


@hookimpl
def lms_register_item_formats() -> Sequence[ItemFormat]:
    """The formats that every site reads and writes."""
    return CORE_FORMATS


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Exams to sit, exams to write, item banks: each for those who may."""
    return [
        MenuItem("assessment.exams", text("Mock exams"), exams.SIT_EXAM, rank=30),
        MenuItem("assessment.written_exams", text("Writing exams"), exams.AUTHOR_EXAM, rank=51),
        MenuItem("assessment.banks", text("Item banks"), banks.SEE_BANK, rank=52),
    ]


@hookimpl
def lms_register_commands() -> Sequence[click.Command]:
    """Importing and exporting items, and looking bank files over."""
    return [import_items, export_items, bank]


@hookimpl
def lms_register_tasks() -> Sequence[Task]:
    """Handing in what nobody handed in, measuring, and regrading."""
    return [close_attempts, compute_statistics, calibrate_bank, regrade, regrade_latecomers]


@hookimpl
def lms_register_schedules() -> Sequence[Schedule]:
    """The server hands in when time is up, browser or no browser."""
    return [Schedule(close_attempts.name, timedelta(seconds=5))]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Attempts stay for the statistics of items, without a name; accommodations go with the account."""
    banking, for_good = text("Knowing who wrote, imported and approved an item"), text("As long as the item is kept")
    sitting, fair = text("Sitting exams and reading one's results"), text("Giving everybody a fair chance in exams")
    reporting, answered = (
        text("Reporting a question, and being answered"),
        text("As long as the item is kept; without a name once the account is erased"),
    )
    kept = text("Five years, for the statistics of questions; without a name once the account is erased")
    return [
        PersonalData("assessment_bank", "created_by", banking, for_good, "keep"),
        PersonalData("assessment_item_version", "created_by", banking, for_good, "keep"),
        PersonalData("assessment_likeness", "decided_by", banking, for_good, "keep"),
        PersonalData("assessment_item_review", "reviewer_id", banking, for_good, "keep"),
        PersonalData("assessment_mark", "marked_by", text("Knowing who marked an answer"), for_good, "keep"),
        PersonalData("assessment_regrade", "proposed_by", text("Knowing who had an exam regraded"), for_good, "keep"),
        PersonalData("assessment_import", "imported_by", banking, for_good, "keep"),
        PersonalData("assessment_calibration", "requested_by", text("Knowing who measured a bank"), for_good, "keep"),
        PersonalData("assessment_calibration", "accepted_by", text("Knowing who accepted it"), for_good, "keep"),
        PersonalData("assessment_import_file", "person_id", text("Importing a file in two steps"), text("One day")),
        PersonalData("assessment_attempt", "person_id", sitting, kept, "keep"),
        *(PersonalData(table, "attempt_id", sitting, kept, "keep", via="assessment_attempt") for table in SAT),
        *(PersonalData(table, "attempt_id", WATCHING, UNTIL_ERASED, via="assessment_attempt") for table in WATCHED),
        PersonalData("assessment_exam_integrity", "changed_by", text("Knowing who set the rules"), for_good, "keep"),
        PersonalData("assessment_question_report", "person_id", reporting, answered, "keep"),
        PersonalData("assessment_report_message", "person_id", reporting, answered, "keep"),
        PersonalData("assessment_takedown", "recorded_by", banking, for_good, "keep"),
        PersonalData("assessment_form", "person_id", sitting, kept, "keep"),
        PersonalData("assessment_incident", "person_id", fair, kept, "keep"),
        PersonalData("assessment_accommodation", "person_id", fair, text("Until the account is erased")),
    ]
