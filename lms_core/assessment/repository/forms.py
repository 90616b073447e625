"""Forms: what is drawn for an exam, the open side and the one kept back. The SQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, case, exists, insert, select

from lms_core.assessment.domain.drawn_forms import DrawnForm
from lms_core.assessment.domain.forms import Outline, PlacedGroup, PlacedSection
from lms_core.assessment.domain.responses import AnswerSchema
from lms_core.assessment.domain.scoring import SlotKey
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import form_keys, form_slots, forms, papers, renderings, solutions
from lms_core.foundation.database import Database
from lms_core.foundation.errors import NotFound
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Forms:
    """Forms inside one unit of work."""

    uow: UnitOfWork

    def add(self, drawn: Sequence[DrawnForm]) -> None:
        """Keep new forms: five statements, however many there are."""
        now, run = self.uow.clock.now(), self.uow.session.execute
        run(insert(forms), [{**_form(one), "created_at": now} for one in drawn])
        run(insert(form_slots), [row for one in drawn for row in _slots(one)])
        run(insert(form_keys), [{"form_id": one.id, "keys": [asdict(key) for key in one.keys]} for one in drawn])
        run(insert(papers), [row for one in drawn for row in _bodies(one.id, one.papers)])
        run(insert(solutions), [row for one in drawn for row in _bodies(one.id, one.solutions)])

    def ahead(self, exam_id: UUID, person_id: UUID, language: str) -> tuple[UUID, Outline, bytes] | None:
        """Of the forms drawn ahead, the least used one that the person has not had: its id, outline and paper."""
        had = exists().where(attempts.c.form_id == forms.c.id, attempts.c.person_id == person_id)
        free = and_(forms.c.exam_id == exam_id, forms.c.person_id.is_(None), forms.c.retired.is_(False), ~had)
        found = select(forms.c.id, *_OUTLINE, papers.c.body).join_from(forms, papers).where(free)
        ordered = found.order_by(forms.c.uses, forms.c.id, _foreign(papers, language)).limit(1)
        row = self.uow.session.execute(ordered).first()
        return (row.id, _outline(row), row.body) if row else None

    def paper(self, form_id: UUID, language: str) -> bytes:
        """The questions in ``language``, or in the one there is, a line a slot. Raises NotFound."""
        return self._body(papers, form_id, language)

    def solution(self, form_id: UUID, language: str) -> bytes:
        """Questions with keys and explanations. Only for attempts that were handed in. Raises NotFound."""
        return self._body(solutions, form_id, language)

    def keys(self, form_id: UUID) -> tuple[SlotKey, ...]:
        """The key of each slot. Raises NotFound."""
        written = self.uow.session.scalar(select(form_keys.c["keys"]).where(form_keys.c.form_id == form_id))
        if written is None:
            raise NotFound
        return tuple(SlotKey(**each) for each in written)

    def outline(self, form_id: UUID) -> Outline:
        """The way through a form: its sections, and its cases by their slots. Raises NotFound."""
        row = self.uow.session.execute(select(*_OUTLINE).where(forms.c.id == form_id)).first()
        if row is None:
            raise NotFound
        return _outline(row)

    def rendered(self, version_ids: Iterable[UUID], languages: Iterable[str]) -> dict[tuple[UUID, str], bytes]:
        """What is rendered of these versions in these languages."""
        wanted = and_(renderings.c.version_id.in_(list(version_ids)), renderings.c.language.in_(list(languages)))
        rows = self.uow.session.execute(select(renderings).where(wanted))
        return {(row.version_id, row.language): row.body for row in rows}

    def add_rendered(self, rendered: Mapping[tuple[UUID, str], bytes]) -> None:
        """Keep renderings, leaving those that another has kept meanwhile."""
        known = self.rendered({version for version, _ in rendered}, {language for _, language in rendered})
        fresh = [
            {"version_id": version, "language": language, "body": body}
            for (version, language), body in rendered.items()
            if (version, language) not in known
        ]
        if fresh:
            self.uow.session.execute(insert(renderings), fresh)

    def _body(self, table: Table, form_id: UUID, language: str) -> bytes:
        found = select(table.c.body).where(table.c.form_id == form_id).order_by(_foreign(table, language)).limit(1)
        body: bytes | None = self.uow.session.scalar(found)
        if body is None:
            raise NotFound
        return body


@dataclass(frozen=True)
class AnswerSchemas:
    """Answer schemas by form, read once by a process: a form never changes."""

    database: Database

    def get(self, form_id: UUID) -> AnswerSchema:
        """The schema. Raises NotFound."""
        return AnswerSchema.compiled(self.expected(form_id))

    def expected(self, form_id: UUID) -> dict[int, Mapping[str, Any]]:
        """The shape of the answer to each slot, as it is written down. Raises NotFound."""
        with self.database.reading() as session:
            written = session.scalar(select(forms.c.answer_schema).where(forms.c.id == form_id))
        if written is None:
            raise NotFound
        return {int(slot): each for slot, each in written.items()}


_OUTLINE = (forms.c.slots, forms.c.sections, forms.c.groups)


def _outline(row: Any) -> Outline:
    groups = tuple(PlacedGroup(**{**each, "version_id": UUID(each["version_id"])}) for each in row.groups)
    return Outline(row.slots, tuple(PlacedSection(**each) for each in row.sections), groups)


def _foreign(table: Table, language: str) -> ColumnElement[int]:
    return case((table.c.language == language, 0), else_=1)


def _form(drawn: DrawnForm) -> dict[str, Any]:
    expected = {str(slot): dict(each) for slot, each in drawn.expected.items()}
    ids = {"id": drawn.id, "exam_id": drawn.exam_id, "person_id": drawn.person_id}
    groups = [{**asdict(group), "version_id": str(group.version_id)} for group in drawn.outline.groups]
    sections = [asdict(section) for section in drawn.outline.sections]
    drawn_as = {"seed": drawn.seed, "slots": len(drawn.placed), "groups": groups, "sections": sections}
    return {**ids, **drawn_as, "answer_schema": expected}


def _slots(drawn: DrawnForm) -> list[dict[str, Any]]:
    return [
        {
            "form_id": drawn.id,
            "slot": one.slot,
            "item_id": one.item_id,
            "version_id": one.version_id,
            "part": one.part,
            "domain": one.domain,
            "choices": [list(pair) for pair in one.choices],
        }
        for one in drawn.placed
    ]


def _bodies(form_id: UUID, bodies: Mapping[str, bytes]) -> list[dict[str, Any]]:
    return [{"form_id": form_id, "language": language, "body": body} for language, body in bodies.items()]
