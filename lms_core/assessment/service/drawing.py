"""Drawing forms: ahead for everybody when an exam is published, or for one person when those are used up.

Runs in a reading unit of work: a plugin may choose the items. What was drawn is kept by a write afterwards.
"""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from lms_core.assessment.domain.drawn_forms import DrawnForm
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import assemble, meets, place, refuse_shortages
from lms_core.assessment.domain.responses import AnswerSchema, SlotSchema
from lms_core.assessment.domain.scoring import key_of
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.service.rendering import paper, render, solution
from lms_core.foundation.identity import new_id
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.assessment import CandidateItem, FormRequest, FormSelection
from lms_core.hooks.caller import Hooks
from lms_core.hooks.items import ItemContent

Rendered = dict[tuple[UUID, str], bytes]


@dataclass(frozen=True, slots=True)
class Drawn:
    """New forms, and the renderings that were made for them."""

    forms: tuple[DrawnForm, ...]
    fresh: Rendered


@dataclass(frozen=True)
class FormDrawer:
    """Draws forms."""

    hooks: Hooks

    def ahead(self, uow: UnitOfWork, exam: Exam) -> Drawn:
        """The forms of a newly published exam, spread over the bank. Raises SpecificationUnmet."""
        candidates = Candidates(uow).of(exam, None)
        selections: list[FormSelection] = []
        shown: Counter[UUID] = Counter()
        for _ in range(exam.specification.forms):
            spread = [replace(one, exposures=one.exposures + shown[one.version_id]) for one in candidates]
            selections.append(self._select(exam, spread, None))
            shown.update(selections[-1].version_ids)
        return self._draw(uow, exam, candidates, selections, None)

    def personal(self, uow: UnitOfWork, exam: Exam, person_id: UUID) -> Drawn:
        """One form for one person: what they have seen least comes first. Raises SpecificationUnmet."""
        candidates = Candidates(uow).of(exam, person_id)
        return self._draw(uow, exam, candidates, [self._select(exam, candidates, person_id)], person_id)

    def _select(self, exam: Exam, candidates: Sequence[CandidateItem], person_id: UUID | None) -> FormSelection:
        quotas = exam.specification.counts
        refuse_shortages(candidates, quotas)
        seed = secrets.randbits(62)
        request = FormRequest(exam.id, person_id, quotas, seed)
        chosen = self.hooks.choose_form_assembly(request, candidates, exam.scopes)
        if chosen is not None and meets(chosen, candidates, quotas):
            return chosen
        return assemble(candidates, quotas, seed)

    def _draw(
        self,
        uow: UnitOfWork,
        exam: Exam,
        candidates: Sequence[CandidateItem],
        selections: Sequence[FormSelection],
        person_id: UUID | None,
    ) -> Drawn:
        wanted = {version_id for selection in selections for version_id in selection.version_ids}
        contents = Candidates(uow).contents(wanted)
        rendered, fresh = _rendered(uow, contents, exam.specification.languages)
        drawn = tuple(_form(exam, candidates, selection, contents, rendered, person_id) for selection in selections)
        return Drawn(drawn, fresh)


def _rendered(
    uow: UnitOfWork, contents: Mapping[UUID, ItemContent], languages: Sequence[str]
) -> tuple[Rendered, Rendered]:
    known = Forms(uow).rendered(contents, languages)
    fresh = {
        (version_id, language): render(content, language)
        for version_id, content in contents.items()
        for language in languages
        if (version_id, language) not in known
    }
    return known | fresh, fresh


def _form(
    exam: Exam,
    candidates: Sequence[CandidateItem],
    selection: FormSelection,
    contents: Mapping[UUID, ItemContent],
    rendered: Rendered,
    person_id: UUID | None,
) -> DrawnForm:
    seed, shuffle = secrets.randbits(62), exam.specification.shuffle_choices
    placed = place(selection, candidates, contents, seed, _choice_id, shuffle=shuffle)
    keys = tuple(key_of(one, contents[one.version_id]) for one in placed)
    ids = {one.slot: frozenset(choice_id for choice_id, _ in one.choices) for one in placed}
    schema = AnswerSchema(
        {key.slot: SlotSchema(ids[key.slot], 1 if key.single else len(ids[key.slot])) for key in keys}
    )
    correct = {key.slot: key.correct for key in keys}
    papers, solutions = {}, {}
    for language in exam.specification.languages:
        bodies = {version_id: rendered[version_id, language] for version_id in selection.version_ids}
        papers[language] = paper(placed, bodies)
        solutions[language] = solution(placed, bodies, correct)
    return DrawnForm(new_id(), exam.id, person_id, seed, placed, schema, keys, papers, solutions)


def _choice_id() -> str:
    return secrets.token_hex(6)
