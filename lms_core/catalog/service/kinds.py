"""Kinds of activity: which are on at a course, and what one of them shows a reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import structlog

from lms_core.catalog.domain import ActivityContent
from lms_core.catalog.service.reach import course_scopes
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import Work, reading_hook
from lms_core.hooks.caller import Hooks
from lms_core.hooks.catalog import ActivityFacts, ActivityKind, ActivityView
from lms_core.hooks.site import Link, Viewer

log = structlog.get_logger("lms.catalog")
State = Literal["shown", "off", "failed"]


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """What a kind shows; empty where its plugin is off or gone, or failed. ``completed_by`` as the kind says."""

    state: State
    kind: ActivityKind | None
    view: ActivityView = field(default_factory=ActivityView)


@dataclass(frozen=True)
class KindService:
    """Asks the kinds that rooms and plugins registered."""

    work: Work
    hooks: Hooks

    def known(self, on: Scopes) -> Mapping[str, ActivityKind]:
        """The kinds that are on there, by name."""
        return {kind.name: kind for kind in self.hooks.activity_kinds(on)}

    def at_course(self, course_id: UUID) -> Mapping[str, ActivityKind]:
        """The kinds that are on at a course, by name."""
        with self.work.read() as uow:
            on = course_scopes(uow, course_id)
        return self.known(on or EVERYWHERE)

    def show(self, course_id: UUID, activity: ActivityContent, viewer: Viewer, on: Scopes) -> ActivityShown:
        """What the kind of ``activity`` shows ``viewer``. Never raises for a plugin's fault."""
        kind = self.known(on).get(activity.kind)
        if kind is None:
            return ActivityShown("off", None)
        facts = ActivityFacts(activity.id, course_id, activity.titles.in_(viewer.language), activity.settings)
        token = reading_hook.set(kind.name)
        try:
            view = kind.show(facts, viewer)
        except Exception:
            log.exception("activity kind failed", kind=kind.name, activity=str(activity.id))
            return ActivityShown("failed", kind)
        finally:
            reading_hook.reset(token)
        return ActivityShown("shown", kind, view) if isinstance(view, ActivityView) else ActivityShown("failed", kind)


def show_page(_: ActivityFacts, __: Viewer) -> ActivityView:
    """A page is its text, and nothing beside it."""
    return ActivityView()


def show_link(facts: ActivityFacts, _: Viewer) -> ActivityView:
    """A link leads to a web address of http(s) only; anything else is left out."""
    address = str(facts.settings.get("url", "")).strip()
    if not address.startswith(("https://", "http://")):
        return ActivityView()
    label = str(facts.settings.get("label", "")).strip()
    return ActivityView(action=Link(address, Text("%(label)s", {"label": label}) if label else text("Open the link")))
