"""Solutions after a key was corrected: the question as it was asked, with what counts as right since."""

from collections.abc import Mapping
from uuid import UUID

import orjson

from lms_core.assessment.domain.forms import question_of
from lms_core.assessment.domain.results import Result
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.rulings import RuledKeys
from lms_core.foundation.uow import UnitOfWork
from lms_core.foundation.web.markdown import to_html
from lms_core.hooks.item_types import ItemType, Showing


def corrected(
    uow: UnitOfWork, types: Mapping[str, ItemType], form_id: UUID, solution: bytes, result: Result, language: str
) -> bytes:
    """``solution`` with the keys and explanations by which ``result`` was scored.

    A form is frozen, and so is what it shows: only those lines change whose slots say in the result that another
    version's key was taken. Where the type's plugin is off, the line stays as it was drawn.
    """
    taken = {score.slot: UUID(score.corrected_by) for score in result.slots if score.corrected_by}
    if not taken:
        return solution
    contents = Candidates(uow).contents(set(taken.values()))
    body, gap, cases = solution.partition(b"\n\n")
    lines = body.split(b"\n")
    for slot, version_id in taken.items():
        placed = RuledKeys(uow).slot(form_id, slot)
        content = question_of(contents[version_id], placed.part)
        if kind := types.get(content.type):
            showing = Showing(language, placed.ids, to_html)
            said = content.explanation.in_(language)
            explained = {**kind.explain(content, showing), "explanation": said, "explanation_html": to_html(said)}
            lines[slot - 1] = orjson.dumps({**orjson.loads(lines[slot - 1]), **explained})
    return b"\n".join(lines) + gap + cases
