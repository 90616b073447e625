"""Drawing forms: ahead for everybody when an exam is published, or for one person when those are used up.

Runs in a reading unit of work: a plugin may choose the items. What was drawn is kept by a write afterwards.
"""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.drawn_forms import DrawnForm
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import SpecificationUnmet, assemble, keeps_caps, meets, questions_of
from lms_core.assessment.domain.forms.placing import Types
from lms_core.assessment.domain.practice import SUITED, Practice, draw_practice
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.service.printing import Asked, Press, Rendered
from lms_core.assessment.service.rendering import render
from lms_core.assessment.service.suiting import suited
from lms_core.foundation.errors import Refusal
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.assessment import CandidateItem, FormRequest, FormSelection
from lms_core.hooks.caller import Hooks
from lms_core.hooks.item_types import ItemScoring, ScoringRequest
from lms_core.hooks.items import ItemContent

# So many more items are read than the forms take, for quotas of difficulty and type to find theirs among them.
SPARE_FORMS: Final = 3
SPARE_ITEMS: Final = 50


@dataclass(frozen=True, slots=True)
class Drawn:
    """New forms, and the renderings that were made for them."""

    forms: tuple[DrawnForm, ...]
    fresh: Rendered


@dataclass(frozen=True, slots=True)
class Selected:
    """What a form asks, and the seed it was drawn with: the same candidates and seed give the same form."""

    seed: int
    selection: FormSelection


@dataclass(frozen=True)
class FormDrawer:
    """Draws forms."""

    hooks: Hooks

    def ahead(self, uow: UnitOfWork, exam: Exam) -> Drawn:
        """The forms of a newly published exam, spread over the bank. Raises SpecificationUnmet."""
        return self._drawn(uow, exam, None, exam.specification.forms)

    def personal(self, uow: UnitOfWork, exam: Exam, person_id: UUID) -> Drawn:
        """One form for one person: what they have seen least comes first. Raises SpecificationUnmet."""
        return self._drawn(uow, exam, person_id, 1)

    def missing(self, uow: UnitOfWork, exam: Exam) -> tuple[Refusal, ...]:
        """Why no form can be drawn from the banks as they are; nothing where one can."""
        types, seed = self.types(exam), secrets.randbits(62)
        counts = exam.specification.counts
        each = {domain: count * SPARE_FORMS + SPARE_ITEMS for domain, count in counts.items()}
        try:
            assemble(Candidates(uow).some(exam, None, types, each, seed), exam.specification, seed)
        except SpecificationUnmet:
            try:
                assemble(Candidates(uow).of(exam, None, types), exam.specification, seed)
            except SpecificationUnmet as unmet:
                return unmet.reasons
        return ()

    def suits(self, uow: UnitOfWork, exam: Exam, form_id: UUID, person_id: UUID, *, practises: bool) -> bool:
        """Whether a form that was drawn ahead may be had by this person: practice takes nothing kept for exams, and a
        simulation keeps to the caps of the exam.
        """
        if practises:
            return not Candidates(uow).keeps_for_exams(form_id)
        asked = exam.specification
        if asked.most_exposures is None and asked.overlap_percent is None:
            return True
        return keeps_caps(Candidates(uow).asked_before(form_id, person_id), asked)

    def practice(self, uow: UnitOfWork, exam: Exam, person_id: UUID, practice: Practice) -> Drawn:
        """One form for somebody who practises: what they ask for, and nothing that is kept for exams.

        Raises Invalid, SpecificationUnmet where nothing is left.
        """
        practice.require_sound(exam.specification)
        missed = Candidates(uow).missed(person_id) if practice.pool == "missed" else frozenset()
        every = Candidates(uow).for_practice(exam, person_id, self.types(exam))
        wanted = [one for one in every if practice.wants(one, missed)]
        seed = secrets.randbits(62)
        if practice.pool == SUITED:
            selection = suited(uow, exam, person_id, wanted, practice, seed)
        else:
            selection = draw_practice(wanted, exam.specification, practice, seed)
        return self._draw(uow, exam, wanted, [Selected(seed, selection)], person_id)

    def _drawn(self, uow: UnitOfWork, exam: Exam, person_id: UUID | None, forms: int) -> Drawn:
        """Draw from a few items of each domain; only where these do not do, from all: a refusal speaks of the banks."""
        types, seed = self.types(exam), secrets.randbits(62)
        counts = exam.specification.counts
        each = {domain: count * (forms + SPARE_FORMS) + SPARE_ITEMS for domain, count in counts.items()}
        some = Candidates(uow).some(exam, person_id, types, each, seed)
        try:
            return self._draw(uow, exam, some, self._selected(exam, some, person_id, forms, seed), person_id)
        except SpecificationUnmet:
            every = Candidates(uow).of(exam, person_id, types)
            return self._draw(uow, exam, every, self._selected(exam, every, person_id, forms, seed), person_id)

    def _selected(
        self, exam: Exam, candidates: Sequence[CandidateItem], person_id: UUID | None, forms: int, seed: int
    ) -> Sequence[Selected]:
        selected: list[Selected] = []
        shown: Counter[UUID] = Counter()
        for number in range(forms):
            spread = [replace(one, exposures=one.exposures + shown[one.version_id]) for one in candidates]
            selected.append(Selected(seed + number, self._select(exam, spread, person_id, seed + number)))
            shown.update(selected[-1].selection.version_ids)
        return selected

    def _select(
        self, exam: Exam, candidates: Sequence[CandidateItem], person_id: UUID | None, seed: int
    ) -> FormSelection:
        request = FormRequest(exam.id, person_id, exam.specification.counts, seed)
        chosen = self.hooks.choose_form_assembly(request, candidates, exam.scopes)
        if chosen is not None and meets(chosen, candidates, exam.specification):
            return chosen
        return assemble(candidates, exam.specification, seed)

    def _draw(
        self,
        uow: UnitOfWork,
        exam: Exam,
        candidates: Sequence[CandidateItem],
        selected: Sequence[Selected],
        person_id: UUID | None,
    ) -> Drawn:
        wanted = {version_id for one in selected for version_id in one.selection.version_ids}
        contents, types = Candidates(uow).contents(wanted), self.types(exam)
        rendered, fresh = _rendered(uow, contents, exam.specification.languages)
        press = Press(exam, candidates, contents, types, rendered, self._scorings(exam, contents))
        return Drawn(tuple(press.form(one.selection, person_id, one.seed) for one in selected), fresh)

    def types(self, exam: Exam) -> Types:
        """The types of item that this exam can ask: those whose plugin is on there."""
        return {one.name: one for one in self.hooks.item_types(exam.scopes)}

    def _scorings(self, exam: Exam, contents: Mapping[UUID, ItemContent]) -> Mapping[Asked, ItemScoring]:
        """By which rule items are scored, asked once for each type and rule."""
        asked = {(one.type, one.scoring) for content in contents.values() for one in questions_of(content)}
        chosen = {
            (kind, own): self.hooks.choose_item_scoring(
                ScoringRequest(exam.id, exam.certification, kind, own), exam.scopes
            )
            for kind, own in asked
        }
        return {pair: scoring for pair, scoring in chosen.items() if scoring is not None}


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
