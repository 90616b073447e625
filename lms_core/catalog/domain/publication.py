"""What must be true of a draft before it is published. Plugins add their own reasons by a hook."""

from collections import Counter
from collections.abc import Collection, Iterator
from uuid import UUID

from lms_core.catalog.domain.content import ActivityContent, Content
from lms_core.catalog.domain.courses import LANGUAGES
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import Text, Titles, text
from lms_core.hooks.catalog import PublicationFacts

PAGE = "catalog.page"
LINK = "catalog.link"


def faults(content: Content, published: Content | None, kinds: Collection[str]) -> tuple[Refusal, ...]:
    """Every reason of the core's own against publishing ``content``; ``kinds`` are those that are known here."""
    return (
        *_unchanged(content, published),
        *_untitled(content),
        *_empty(content),
        *(fault for each in content.activities() for fault in _of_activity(each, content.languages, kinds)),
    )


def facts_of(course_id: UUID, content: Content) -> PublicationFacts:
    """What reviewers get to know of ``content``."""
    kept = Counter(
        {module.curriculum_key: len(module.activities) for module in content.modules if module.curriculum_key}
    )
    return PublicationFacts(
        course_id=course_id,
        title=content.titles.in_("ko"),
        modules=len(content.modules),
        activities=sum(len(module.activities) for module in content.modules),
        kinds=tuple(sorted({each.kind for each in content.activities()})),
        curriculum=content.curriculum_code,
        curriculum_version=content.curriculum_version,
        kept=dict(kept),
    )


def _unchanged(content: Content, published: Content | None) -> Iterator[Refusal]:
    if content == published:
        yield _fault("nothing-changed", text("Nothing has changed since the last revision."))


def _untitled(content: Content) -> Iterator[Refusal]:
    for language in content.languages:
        if not _said(content.titles, language):
            yield _fault("course-title", text("The course has no title in %(language)s.", language=LANGUAGES[language]))
        for module in content.modules:
            if not _said(module.titles, language):
                named = {"title": module.titles, "language": LANGUAGES[language]}
                yield _fault("module-title", text("The module “%(title)s” has no title in %(language)s.", **named))


def _empty(content: Content) -> Iterator[Refusal]:
    if not content.modules:
        yield _fault("no-modules", text("The course has no module yet."))
    for module in content.modules:
        if not module.activities:
            yield _fault("empty-module", text("The module “%(title)s” has no activity.", title=module.titles))


def _of_activity(activity: ActivityContent, languages: tuple[str, ...], kinds: Collection[str]) -> Iterator[Refusal]:
    title = activity.titles
    if activity.kind not in kinds:
        message = text("“%(title)s” is of a kind that is switched off here: %(kind)s.", title=title, kind=activity.kind)
        yield _fault("unknown-kind", message)
    if activity.kind == LINK and not activity.settings.get("url"):
        yield _fault("no-link", text("“%(title)s” has no web address to lead to.", title=title))
    for language in languages:
        named = {"title": title, "language": LANGUAGES[language]}
        if not _said(activity.titles, language):
            yield _fault("activity-title", text("The activity “%(title)s” has no title in %(language)s.", **named))
        if activity.kind == PAGE and not _said(activity.body, language):
            yield _fault("no-text", text("The page “%(title)s” has no text in %(language)s.", **named))


def _fault(code: str, reason: Text) -> Refusal:
    return Refusal(code, reason)


def _said(titles: Titles, language: str) -> bool:
    return bool((titles.ko if language == "ko" else titles.en).strip())
