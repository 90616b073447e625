"""A course as its authors see it: a draft of modules and activities that can be changed at any time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from lms_core.catalog.domain.errors import ActivityNotFound, CourseChanged, ModuleNotFound
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, Titles, text

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_LENGTH = 60
TITLE_LENGTH = 200
LANGUAGES: Mapping[str, Text] = {"ko": text("Korean"), "en": text("English")}


@dataclass(eq=False)
class Activity:
    """One thing to read or do. ``settings`` are replaced as a whole, never changed in place."""

    id: UUID
    kind: str
    titles: Titles
    body: Titles = field(default=Titles("", ""))
    settings: Mapping[str, Any] = field(default_factory=dict)
    minutes: int = 0
    version: int = 1

    def write(self, titles: Titles, body: Titles, settings: Mapping[str, str], minutes: int) -> None:
        """Say it anew."""
        self.titles, self.body = titles, Titles(_lines(body.ko), _lines(body.en))
        # Settings of a plugin that is off are not in the form; they stay for the day it is on again.
        self.settings = {**self.settings, **settings}
        self.minutes = minutes
        self.version += 1


@dataclass(eq=False)
class Module:
    """A part of a course. ``curriculum_key`` tells which module of its curriculum it came from, if any."""

    id: UUID
    titles: Titles
    curriculum_key: str = ""
    activities: list[Activity] = field(default_factory=list)
    version: int = 1

    def rename(self, titles: Titles) -> None:
        """Call it something else."""
        self.titles = titles
        self.version += 1


@dataclass(eq=False)
class Course:
    """A draft, and the number of the revision that learners read, once there is one."""

    id: UUID
    slug: str
    titles: Titles
    summary: Titles
    languages: list[str]
    organisation_id: UUID
    campus_id: UUID | None
    created_at: datetime
    curriculum_code: str = ""
    curriculum_version: str = ""
    published: int | None = None
    modules: list[Module] = field(default_factory=list)
    version: int = 1

    def describe(self, slug: str, titles: Titles, summary: Titles, languages: tuple[str, ...]) -> None:
        """Say anew what it is called and about."""
        self.slug, self.titles, self.languages = slug, titles, list(languages)
        self.summary = Titles(_lines(summary.ko), _lines(summary.en))
        self.version += 1

    def module(self, module_id: UUID) -> Module:
        """One of its modules. Raises ModuleNotFound."""
        for module in self.modules:
            if module.id == module_id:
                return module
        raise ModuleNotFound

    def activity(self, activity_id: UUID) -> tuple[Module, Activity]:
        """One of its activities with the module it stands in. Raises ActivityNotFound."""
        for module in self.modules:
            for activity in module.activities:
                if activity.id == activity_id:
                    return module, activity
        raise ActivityNotFound

    def move_module(self, module_id: UUID, by: int) -> None:
        """Move a module up (-1) or down (1) by one place; at the edge it stays."""
        module = self.module(module_id)
        place = self.modules.index(module) + by
        if 0 <= place < len(self.modules):
            self.modules.remove(module)
            self.modules.insert(place, module)

    def move_activity(self, activity_id: UUID, by: int) -> None:
        """Move an activity by one place; past the edge of its module it goes over into the neighbouring one."""
        module, activity = self.activity(activity_id)
        place = module.activities.index(activity) + by
        if 0 <= place < len(module.activities):
            module.activities.remove(activity)
            module.activities.insert(place, activity)
            return
        neighbour = self.modules.index(module) + by
        if 0 <= neighbour < len(self.modules):
            module.activities.remove(activity)
            others = self.modules[neighbour].activities
            others.insert(len(others) if by < 0 else 0, activity)

    def remove_module(self, module_id: UUID) -> None:
        """Take a module out of the draft, with all that is in it. Published revisions keep it."""
        self.modules.remove(self.module(module_id))

    def remove_activity(self, activity_id: UUID) -> None:
        """Take an activity out of the draft. Published revisions keep it."""
        module, activity = self.activity(activity_id)
        module.activities.remove(activity)


def check_course(slug: str, titles: Titles, languages: tuple[str, ...]) -> None:
    """Raise Invalid, with every fault, unless a course can be called so."""
    wrong = {}
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_LENGTH:
        wrong["slug"] = (text("Use lower-case letters, digits and hyphens, such as “ai-engineer”."),)
    if not languages or set(languages) - set(LANGUAGES):
        wrong["languages"] = (text("Choose one language or both."),)
    for language in languages:
        if not (titles.ko if language == "ko" else titles.en).strip():
            wrong[f"title_{language}"] = (text("Give the title in every language of the course."),)
    if wrong:
        raise Invalid(fields=wrong)


def check_titles(titles: Titles) -> None:
    """Raise Invalid unless there is a title in one language at least; publishing asks for all of them."""
    if not (titles.ko.strip() or titles.en.strip()):
        said = (text("Give a title in one language at least."),)
        raise Invalid(fields={"title_ko": said, "title_en": said})


def check_version(found: int, expected: int) -> None:
    """Raise CourseChanged unless what is stored is still what was read."""
    if found != expected:
        raise CourseChanged(facts={"version": str(found)})


def _lines(written: str) -> str:
    """One kind of line end: browsers send two characters, files and programs one."""
    return written.replace("\r\n", "\n").replace("\r", "\n")
