"""From what services answer to what the API says."""

from datetime import datetime
from typing import Any

from flask import Response

from lms_core.assessment.domain.attempts import Attempt, Receipt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.results import Result
from lms_core.assessment.domain.scoring import SectionScore
from lms_core.assessment.service import ExamListed, Report, Sitting, payloads
from lms_core.foundation.web.json import dumps
from lms_core.foundation.web.languages import language, say


def exam_shown(listed: ExamListed) -> dict[str, Any]:
    """An exam in the reader's language."""
    exam, specification = listed.exam, listed.exam.specification
    draws = ("types", "most_exposures", "overlap_percent", "shuffle_choices", "forms")
    shape = ("sections", "agreement", "breaks", "comments", "practice")
    plain = ("seconds", "opens_at", "closes_at", "attempts_allowed", "languages", "pass_percent", *draws, *shape)
    single = ("required", "excluded", "pilots")
    return {
        "id": exam.id,
        "title": exam.titles.in_(language()),
        "titles": exam.titles,
        "state": exam.state,
        "certification": exam.certification,
        "specification_version": exam.specification_version,
        "organisation_id": exam.place.organisation_id,
        "campus_id": exam.place.campus_id,
        "course_id": exam.place.course_id,
        "cohort_id": exam.place.cohort_id,
        "questions": specification.total,
        "quotas": specification.quotas,
        "attempts_used": listed.sat.count,
        "open_attempt_id": listed.sat.open_id,
        "may_sit": listed.may_sit,
        **{name: getattr(specification, name) for name in plain},
        **{name: getattr(specification, name) if listed.may_author else None for name in single},
    }


def clock_shown(attempt: Attempt, now: datetime) -> dict[str, Any]:
    """When an attempt ends, by the server's clock."""
    return {
        "id": attempt.id,
        "state": attempt.state,
        "generation": attempt.generation,
        "revision": attempt.deadline.revision,
        "deadline_at": attempt.deadline.deadline_at,
        "closes_at": attempt.deadline.closes_at,
        "server_now": now,
    }


def sitting_answer(sitting: Sitting, status: int) -> Response:
    """An attempt with its questions, which are joined as the bytes they are stored in."""
    attempt = sitting.attempt
    head = {
        **clock_shown(attempt, sitting.server_now),
        "exam_id": attempt.exam_id,
        "title": sitting.exam.titles.in_(language()),
        "mode": attempt.mode,
        "number": attempt.number,
        "started_at": attempt.started_at,
        **_way(sitting),
    }
    if sitting.save_token:
        head["save_token"] = sitting.save_token
    return joined(head, payloads.questions(sitting), payloads.open_groups(sitting), status)


def _way(sitting: Sitting) -> dict[str, Any]:
    """How the form's slots hang together: how many there are, which are open, its sections in the reader's language."""
    attempt, asked = sitting.attempt, sitting.exam.specification
    sections = [
        {
            "number": number,
            "from": placed.first,
            "to": placed.last,
            "returns": placed.returns,
            "title": asked.sections[placed.number - 1].titles.in_(language()),
            "introduction": asked.sections[placed.number - 1].introduction.in_(language()),
        }
        for number, placed in enumerate(sitting.outline.sections, start=1)
    ]
    plain = {"slots": attempt.slots, "first_slot": attempt.first_slot, "last_slot": attempt.last_slot}
    return {**plain, "sections": sections, "breaks": asked.breaks}


def report_answer(report: Report) -> Response:
    """A result with its solved questions."""
    attempt, result = report.attempt, report.result
    head = {
        "id": attempt.id,
        "exam_id": attempt.exam_id,
        "title": report.exam.titles.in_(language()),
        "mode": attempt.mode,
        "number": attempt.number,
        "submitted_at": attempt.submitted_at,
        "submitted_by": attempt.submitted_by,
        "graded_at": result.graded_at,
        "rule": result.rule,
        "rule_version": result.rule_version,
        "score": score_shown(result),
        "sections": [_section(section, report.exam) for section in result.sections],
    }
    return joined(head, payloads.solved(report), payloads.groups(report.solution), 200)


def score_shown(result: Result) -> dict[str, Any]:
    """A score with its label in the reader's language."""
    scaled = result.scaled
    plain = ("value", "low", "high", "least", "most", "line", "passed", "items", "scale")
    shown = {name: getattr(scaled, name) for name in plain}
    return {**shown, "label": say(scaled.label), "points": result.points, "possible": result.possible}


def attempt_shown(attempt: Attempt, result: Result | None) -> dict[str, Any]:
    """An attempt in a list."""
    plain = ("id", "exam_id", "person_id", "mode", "number", "state", "started_at", "submitted_at", "submitted_by")
    shown = {name: getattr(attempt, name) for name in plain}
    return {**shown, "deadline_at": attempt.deadline.deadline_at, "score": result and score_shown(result)}


def receipt_answer(receipt: Receipt, now: datetime) -> Response:
    """A receipt."""
    body = {"receipt": receipt.receipt, "sequence": receipt.sequence, "saved_at": receipt.saved_at}
    return Response(
        dumps({**body, "deadline_at": receipt.deadline_at, "server_now": now}), content_type="application/json"
    )


def joined(head: dict[str, Any], items: bytes, groups: bytes, status: int) -> Response:
    """``head`` with the stored lists ``items`` and ``groups``, unread."""
    body = dumps(head).encode()[:-1] + b',"items":' + items + b',"groups":' + groups + b"}"
    # An exam's questions are one person's, for one sitting: no cache keeps them.
    return Response(body, status, {"Cache-Control": "no-store"}, content_type="application/json")


def _section(section: SectionScore, exam: Exam) -> dict[str, Any]:
    quota = exam.specification.quota(section.domain)
    plain = ("domain", "points", "possible", "items", "percent", "low", "high")
    title = quota.titles.in_(language()) if quota else section.domain
    return {**{name: getattr(section, name) for name in plain}, "title": title}
