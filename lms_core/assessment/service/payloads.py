"""What leaves the house as stored bytes: questions with what is saved, and solved questions with what they earned.

Pages and API join the same lines. Nothing is parsed on the way.
"""

from typing import Any

import orjson

from lms_core.assessment.repository.responses import Saved
from lms_core.assessment.service.attempts import Sitting
from lms_core.assessment.service.results import Report


def questions(sitting: Sitting) -> bytes:
    """The questions of a sitting as a JSON list; with ``saved`` (or null) for one that was come back to."""
    lines = sitting.paper.split(b"\n")
    kept = sitting.saved
    if kept is None:
        return _list(lines)
    return _list([_with(line, {"saved": _saved(kept.get(slot))}) for slot, line in enumerate(lines, start=1)])


def solved(report: Report) -> bytes:
    """The solved questions of a report as a JSON list: key, explanations, what was answered, points."""
    lines = report.solution.split(b"\n")
    scores = {score.slot: score for score in report.result.slots}
    joined = []
    for slot, line in enumerate(lines, start=1):
        kept, score = report.saved.get(slot), scores[slot]
        answered = {"response": kept.response if kept else None, "flagged": bool(kept and kept.flagged)}
        earned = {"points": score.points, "possible": score.possible, "scored": score.scored}
        joined.append(_with(line, {**answered, **earned, "correct": score.points >= score.possible}))
    return _list(joined)


def _saved(kept: Saved | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    return {"sequence": kept.sequence, "response": kept.response, "flagged": kept.flagged}


def _with(line: bytes, members: dict[str, Any]) -> bytes:
    return line[:-1] + b"," + orjson.dumps(members)[1:]


def _list(lines: list[bytes]) -> bytes:
    return b"[" + b",".join(lines) + b"]"
