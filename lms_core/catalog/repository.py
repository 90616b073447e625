"""The SQL of the catalog."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row, Select, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from lms_core.catalog.domain import (
    Change,
    Content,
    Course,
    CourseNotFound,
    CourseOrigin,
    CourseSummary,
    Module,
    Revision,
    RevisionNotFound,
    RevisionPage,
    SlugTaken,
)
from lms_core.catalog.tables import courses, pages, revisions
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork

# To a type checker the mapped attributes are plain lists.
OUTLINE = selectinload(cast("Any", Course).modules).selectinload(cast("Any", Module).activities)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where somebody may see courses: in these places, or (None) everywhere."""

    courses: frozenset[UUID]
    campuses: frozenset[UUID]
    organisations: frozenset[UUID]


@dataclass(frozen=True)
class Courses:
    """Courses and their drafts inside one unit of work."""

    uow: UnitOfWork

    def add(self, course: Course) -> None:
        """Keep a new one. Raises SlugTaken."""
        self.uow.session.add(course)
        self.save()

    def save(self) -> None:
        """Write changes down now. Raises SlugTaken."""
        # The unique constraint is the only judge of names: a look beforehand could be overtaken.
        try:
            self.uow.session.flush()
        except IntegrityError as taken:
            raise SlugTaken from taken

    def find(self, course_id: UUID) -> Course | None:
        """The course without its outline, or None."""
        return self.uow.session.get(Course, course_id)

    def get(self, course_id: UUID) -> Course:
        """The course without its outline. Raises CourseNotFound."""
        found = self.find(course_id)
        if found is None:
            raise CourseNotFound
        return found

    def draft(self, course_id: UUID) -> Course:
        """The course with modules and activities; in a writing unit of work it is locked against other authors."""
        statement = select(Course).where(courses.c.id == course_id).options(OUTLINE)
        if self.uow.writes:
            statement = statement.with_for_update()
        found = self.uow.session.scalar(statement)
        if found is None:
            raise CourseNotFound
        return found

    def listed(self, request: PageRequest, reach: Reach | None, language: str) -> Page[Course]:
        """One page of the drafts within ``reach``. Filter: state (published, draft). Sorts: title, slug, created."""
        statement = _within(select(Course), reach)
        if request.search:
            columns = (courses.c.title_ko, courses.c.title_en, courses.c.slug)
            statement = statement.where(or_(*(each.icontains(request.search, autoescape=True) for each in columns)))
        state = request.filtered("state")
        if state in {"published", "draft"}:
            never = courses.c.published.is_(None)
            statement = statement.where(never if state == "draft" else ~never)
        title = courses.c.title_ko if language == "ko" else courses.c.title_en
        sorts = {"slug": courses.c.slug, "created": courses.c.created_at}
        column = sorts.get(request.sort.removeprefix("-"), title)
        down = request.sort.startswith("-")
        return page(self.uow, statement.order_by(column.desc() if down else column, courses.c.id), request)

    def published(self, request: PageRequest, language: str) -> Page[CourseSummary]:
        """One page of what learners can find, by the title that was published. Filter: campus. Sorts: title, newest."""
        joined = select(courses, revisions.c.outline, revisions.c.published_at).join(
            revisions, (revisions.c.course_id == courses.c.id) & (revisions.c.number == courses.c.published)
        )
        if request.search:
            columns = (revisions.c.title_ko, revisions.c.title_en)
            joined = joined.where(or_(*(each.icontains(request.search, autoescape=True) for each in columns)))
        if campus := _uuid(request.filtered("campus")):
            joined = joined.where(courses.c.campus_id == campus)
        title = revisions.c.title_ko if language == "ko" else revisions.c.title_en
        order = revisions.c.published_at.desc() if request.sort == "newest" else title
        return page(self.uow, joined.order_by(order, courses.c.id), request).map(_summary)

    def readable(self, ids: Iterable[UUID], reach: Reach | None) -> frozenset[UUID]:
        """Those of the courses ``ids`` that lie within ``reach``, in one query."""
        statement = _within(select(courses.c.id).where(courses.c.id.in_(list(ids))), reach)
        return frozenset(self.uow.session.scalars(statement))

    def within(self, reach: Reach) -> frozenset[UUID]:
        """All courses within ``reach``, in one query."""
        return frozenset(self.uow.session.scalars(_within(select(courses.c.id), reach)))

    def offered(self, reach: Reach | None, language: str) -> Mapping[UUID, Titles]:
        """The published courses within ``reach`` by title."""
        statement = _within(select(courses.c.id, courses.c.title_ko, courses.c.title_en), reach)
        title = courses.c.title_ko if language == "ko" else courses.c.title_en
        rows = self.uow.session.execute(statement.where(courses.c.published.is_not(None)).order_by(title, courses.c.id))
        return {identifier: Titles(ko, en) for identifier, ko, en in rows}

    def titles(self, ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """Titles by id, in one query, or in none for no course."""
        if not (wanted := set(ids)):
            return {}
        named = select(courses.c.id, courses.c.title_ko, courses.c.title_en).where(courses.c.id.in_(wanted))
        return {identifier: Titles(ko, en) for identifier, ko, en in self.uow.session.execute(named)}

    def begun_from(self, codes: Collection[str], campus_id: UUID) -> list[CourseOrigin]:
        """The courses at a campus that were begun from one of these curricula, the oldest first."""
        mine = select(courses).where(courses.c.curriculum_code.in_(list(codes)), courses.c.campus_id == campus_id)
        return [_origin(row) for row in self.uow.session.execute(mine.order_by(courses.c.created_at, courses.c.id))]

    def origin(self, course_id: UUID) -> CourseOrigin | None:
        """Where a course comes from; None if there is none."""
        row = self.uow.session.execute(select(courses).where(courses.c.id == course_id)).first()
        return _origin(row) if row else None

    def campuses(self) -> frozenset[UUID]:
        """The campuses that have a published course."""
        found = select(courses.c.campus_id).where(courses.c.published.is_not(None), courses.c.campus_id.is_not(None))
        return frozenset(self.uow.session.scalars(found.distinct()))


@dataclass(frozen=True)
class Revisions:
    """Published revisions inside one unit of work. They are added and read, never changed."""

    uow: UnitOfWork

    def add(self, revision: Revision, content: Content, rendered: Mapping[UUID, Titles]) -> None:
        """Keep a revision with its pages; from now on learners read it."""
        self.uow.session.execute(insert(revisions), [_revision_row(revision, content)])
        rows = [_page_row(revision.id, each.id, each.body, rendered[each.id]) for each in content.activities()]
        if rows:
            self.uow.session.execute(insert(pages), rows)
        chosen = update(courses).where(courses.c.id == revision.course_id)
        self.uow.session.execute(chosen.values(published=revision.number))

    def current(self, course_id: UUID) -> Revision | None:
        """What learners read now, as an outline; None if the course was never published."""
        statement = select(revisions).where(revisions.c.course_id == course_id)
        row = self.uow.session.execute(statement.order_by(revisions.c.number.desc()).limit(1)).first()
        return _revision(row) if row else None

    def current_of(self, ids: Iterable[UUID]) -> Mapping[UUID, Revision]:
        """What learners read now of several courses, by course, in one query, or in none for no course."""
        if not (wanted := set(ids)):
            return {}
        newest = (courses.c.id == revisions.c.course_id) & (courses.c.published == revisions.c.number)
        statement = select(revisions).join(courses, newest).where(courses.c.id.in_(wanted))
        return {row.course_id: _revision(row) for row in self.uow.session.execute(statement)}

    def get(self, course_id: UUID, number: int) -> Revision:
        """One revision as an outline. Raises RevisionNotFound."""
        mine = select(revisions).where(revisions.c.course_id == course_id, revisions.c.number == number)
        row = self.uow.session.execute(mine).first()
        if row is None:
            raise RevisionNotFound
        return _revision(row)

    def listed(self, course_id: UUID, request: PageRequest) -> Page[Revision]:
        """The revisions of a course, the newest first."""
        mine = select(revisions).where(revisions.c.course_id == course_id).order_by(revisions.c.number.desc())
        return page(self.uow, mine, request).map(_revision)

    def page(self, revision_id: UUID, activity_id: UUID) -> RevisionPage:
        """The text of one activity in a revision. Raises RevisionNotFound."""
        row = self.uow.session.execute(
            select(pages).where(pages.c.revision_id == revision_id, pages.c.activity_id == activity_id)
        ).first()
        if row is None:
            raise RevisionNotFound
        return _page(row)

    def pages(self, revision_id: UUID) -> Sequence[RevisionPage]:
        """The texts of all activities in a revision."""
        return [_page(row) for row in self.uow.session.execute(select(pages).where(pages.c.revision_id == revision_id))]

    def content(self, revision: Revision) -> Content:
        """Everything a revision says, bodies included."""
        bodies = {each.activity_id: each.body for each in self.pages(revision.id)}
        return Content.from_outline(revision.content.outline(), bodies)


def _within(statement: Select[Any], reach: Reach | None) -> Select[Any]:
    if reach is None:
        return statement
    return statement.where(
        or_(
            courses.c.id.in_(reach.courses),
            courses.c.campus_id.in_(reach.campuses),
            courses.c.organisation_id.in_(reach.organisations),
        )
    )


def _origin(row: Row[Any]) -> CourseOrigin:
    curriculum = (row.curriculum_code, row.curriculum_version)
    return CourseOrigin(row.id, Titles(row.title_ko, row.title_en), row.campus_id, *curriculum, row.published)


def _summary(row: Row[Any]) -> CourseSummary:
    content = Content.from_outline(row.outline, {})
    return CourseSummary(row.id, row.slug, row.organisation_id, row.campus_id, content, row.published_at)


def _revision(row: Row[Any]) -> Revision:
    return Revision(
        id=row.id,
        course_id=row.course_id,
        number=row.number,
        content=Content.from_outline(row.outline, {}),
        changes=tuple(Change.from_json(each) for each in row.changes),
        note=row.note,
        author_id=row.author_id,
        published_at=row.published_at,
        restored_from=row.restored_from,
    )


def _revision_row(revision: Revision, content: Content) -> dict[str, Any]:
    kept = ("id", "course_id", "number", "note", "author_id", "published_at", "restored_from")
    return {name: getattr(revision, name) for name in kept} | {
        "title_ko": content.titles.ko,
        "title_en": content.titles.en,
        "outline": content.outline(),
        "changes": [each.as_json() for each in revision.changes],
    }


def _page(row: Row[Any]) -> RevisionPage:
    return RevisionPage(row.activity_id, Titles(row.body_ko, row.body_en), Titles(row.html_ko, row.html_en))


def _page_row(revision_id: UUID, activity_id: UUID, body: Titles, html: Titles) -> dict[str, Any]:
    texts = {"body_ko": body.ko, "body_en": body.en, "html_ko": html.ko, "html_en": html.en}
    return {"revision_id": revision_id, "activity_id": activity_id, **texts}


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None
