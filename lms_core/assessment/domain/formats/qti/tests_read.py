"""Tests of QTI: which items they ask, in which order, under which headings; and what of them is not taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.assessment.domain.formats.errors import BrokenFile
from lms_core.assessment.domain.formats.qti.archives import Archive, within
from lms_core.assessment.domain.qti.document import Element, read_document
from lms_core.assessment.domain.qti.errors import UnreadableDocument
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning

_TAKEN: Final = frozenset(
    {"assessmentTest", "testPart", "assessmentSection", "assessmentItemRef", "assessmentSectionRef"}
)
DEPTH_LIMIT: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """An item that a test asks: the member of the package, the headings above it, what is told beside it."""

    name: str
    tags: tuple[str, ...]
    told: tuple[Problem, ...] = ()


def asked_by(package: Archive, name: str, file: str) -> Iterator[Asked]:
    """The items of the test in the member `name`, in order; what of the test is not taken stands at the first one.

    Raises BrokenFile where a test cannot be read or leads to itself.
    """
    told = list(dict.fromkeys(_left(package, name, file)))
    problems = tuple(warning("not-taken", text("“%(name)s” was not taken along.", name=one)) for one in told)
    for at, (member, tags) in enumerate(_items(package, name, file, (), ())):
        yield Asked(member, tags, problems if at == 0 else ())


def _items(
    package: Archive, name: str, file: str, tags: tuple[str, ...], above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if name in above or len(above) > DEPTH_LIMIT:
        raise BrokenFile(text("The test leads back to itself at “%(name)s”.", name=name), file)
    yield from _inside(package, _root(package, name, file), name, file, tags, (*above, name))


def _inside(
    package: Archive, parent: Element, name: str, file: str, tags: tuple[str, ...], above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    title = tidy(parent.attributes.get("title", "")) if parent.name == "assessmentSection" else ""
    headed = tuple(dict.fromkeys((*tags, title))) if title else tags
    for each in parent.children:
        member = within(name, each.attributes.get("href", ""))
        if each.name == "assessmentItemRef" and member:
            yield member, headed
        elif each.name == "assessmentSectionRef" and member:
            yield from _items(package, member, file, headed, above)
        elif each.name in _TAKEN:
            yield from _inside(package, each, name, file, headed, above)


def _left(package: Archive, name: str, file: str) -> Iterator[str]:
    """The names of what a test holds beside its sections and items."""
    pending = [_root(package, name, file)]
    while pending:
        each = pending.pop()
        if each.name in _TAKEN:
            pending += each.children
        elif each.kind == "qti":
            yield each.name


def _root(package: Archive, name: str, file: str) -> Element:
    try:
        return read_document(package.read(name)).root
    except UnreadableDocument as refused:
        raise BrokenFile(refused.reason, file, refused.line) from refused
