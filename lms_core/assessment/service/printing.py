"""Printing forms: what was drawn becomes slots, keys, shapes of answers, and bytes in every language of the exam."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.drawn_forms import DrawnForm
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import Outline, Placed, groups_of, in_sections, place, question_of, sections_of
from lms_core.assessment.domain.forms.placing import Types
from lms_core.assessment.domain.scoring import SlotKey
from lms_core.assessment.service.rendering import Printer
from lms_core.foundation.identity import new_id
from lms_core.hooks.assessment import CandidateItem, FormSelection
from lms_core.hooks.item_types import GroupType, ItemScoring, ItemType
from lms_core.hooks.items import ItemContent, Scoring

Rendered = dict[tuple[UUID, str], bytes]
Asked = tuple[str, Scoring]
"""A type of item and the rule that its author wrote."""


@dataclass(frozen=True)
class Press:
    """Makes the forms of one exam from the same contents."""

    exam: Exam
    candidates: Sequence[CandidateItem]
    contents: Mapping[UUID, ItemContent]
    types: Types
    rendered: Rendered
    scorings: Mapping[Asked, ItemScoring]

    def form(self, selection: FormSelection, person_id: UUID | None, seed: int) -> DrawnForm:
        """One form: placed, printed in every language of the exam, with its key. ``seed`` is that of the draw."""
        asked = self.exam.specification
        selection, shuffle = in_sections(selection, self.candidates, asked.sections), asked.shuffle_choices
        placed = place(selection, self.candidates, self.contents, self.types, seed, _part_id, shuffle=shuffle)
        groups = groups_of(placed, self.contents, self.types)
        sections = sections_of(placed, {one.version_id: one.type for one in self.candidates}, asked.sections)
        papers, solutions = {}, {}
        for language in asked.languages:
            printer = self._printer(language, selection)
            papers[language] = printer.paper(placed, groups)
            solutions[language] = printer.solution(placed, groups, self._labels(placed, language))
        return DrawnForm(
            id=new_id(),
            exam_id=self.exam.id,
            person_id=person_id,
            seed=seed,
            placed=placed,
            outline=Outline(len(placed), sections, groups),
            expected={one.slot: self._type(one).expect(self._question(one), one.ids) for one in placed},
            keys=tuple(self._key(one) for one in placed),
            papers=papers,
            solutions=solutions,
        )

    def _printer(self, language: str, selection: FormSelection) -> Printer:
        bodies = {version_id: self.rendered[version_id, language] for version_id in selection.version_ids}
        return Printer(self.contents, bodies, self.types, language)

    def _key(self, placed: Placed) -> SlotKey:
        question = self._question(placed)
        chosen = self.scorings.get((question.type, question.scoring))
        rule = chosen.rule if chosen else question.scoring
        key = self._type(placed).key(question, placed.ids)
        scored = placed.item_id not in self.exam.specification.pilots
        return SlotKey(placed.slot, placed.domain, question.type, rule, key, scored)

    def _labels(self, placed: Sequence[Placed], language: str) -> Mapping[int, Mapping[str, str]]:
        labels = {}
        for one in placed:
            question = self._question(one)
            chosen = self.scorings.get((question.type, question.scoring))
            said = chosen.label.in_(language) if chosen else ""
            labels[one.slot] = {"scoring": chosen.rule if chosen else question.scoring, "scoring_label": said}
        return labels

    def _question(self, placed: Placed) -> ItemContent:
        return question_of(self.contents[placed.version_id], placed.part)

    def _type(self, placed: Placed) -> ItemType:
        kind = self.types[self._question(placed).type]
        if isinstance(kind, GroupType):
            raise TypeError(kind.name)
        return kind


def _part_id() -> str:
    return secrets.token_hex(6)
