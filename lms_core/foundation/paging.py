"""Pages of lists: every list of the house is cut the same way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork

Item = TypeVar("Item")
Other = TypeVar("Other")
LARGEST = 100


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page is wanted: ``number`` from 1, ``size`` rows, ``search`` words, ``sort`` column with ``-`` for down."""

    number: int = 1
    size: int = 20
    search: str = ""
    sort: str = ""
    filters: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        """Refuse pages that cannot be. Raises Invalid naming the field."""
        wrong = {}
        if self.number < 1:
            wrong["page"] = (text("Pages are counted from 1."),)
        if not 1 <= self.size <= LARGEST:
            wrong["size"] = (text("A page holds between 1 and %(largest)s rows.", largest=LARGEST),)
        if wrong:
            raise Invalid(fields=wrong)

    def filtered(self, name: str) -> str:
        """The value asked for by the filter ``name``, or an empty string."""
        return dict(self.filters).get(name, "")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list, with the count of the whole and the number of the next page, if there is one."""

    items: Sequence[Item]
    total: int
    number: int
    size: int

    @property
    def next(self) -> int | None:
        """The number of the next page, or None on the last one."""
        return self.number + 1 if self.number * self.size < self.total else None

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    def map(self, convert: Callable[[Item], Other]) -> "Page[Other]":
        """The same page with each item converted."""
        return Page([convert(item) for item in self.items], self.total, self.number, self.size)


def whole(items: Sequence[Item]) -> Page[Item]:
    """A list too short to be cut, as its one page."""
    return Page(items, len(items), 1, max(1, len(items)))


def page(uow: UnitOfWork, statement: Select[Any], request: PageRequest) -> Page[Any]:
    """Cut ``statement`` (ordered, selecting one entity or row) to the page that is asked for: two queries, always."""
    total = uow.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    rows = uow.session.execute(statement.limit(request.size).offset((request.number - 1) * request.size)).all()
    items = [row[0] if len(row) == 1 else row for row in rows]
    return Page(items, total, request.number, request.size)
