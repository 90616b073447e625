"""Everything a course says at one moment, frozen: what is compared, published and brought back."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from lms_core.catalog.domain.courses import Activity, Course, Module
from lms_core.foundation.text import Titles

NOTHING = Titles("", "")


@dataclass(frozen=True, slots=True)
class ActivityContent:
    """An activity as it stood. In an outline its ``body`` is empty: bodies are stored beside."""

    id: UUID
    kind: str
    titles: Titles
    body: Titles = NOTHING
    settings: Mapping[str, Any] = field(default_factory=dict)
    minutes: int = 0

    @classmethod
    def of(cls, activity: Activity) -> "ActivityContent":
        """What ``activity`` says now."""
        return cls(
            activity.id, activity.kind, activity.titles, activity.body, dict(activity.settings), activity.minutes
        )


@dataclass(frozen=True, slots=True)
class ModuleContent:
    """A module as it stood."""

    id: UUID
    titles: Titles
    curriculum_key: str
    activities: tuple[ActivityContent, ...]

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(each.minutes for each in self.activities)

    @classmethod
    def of(cls, module: Module) -> "ModuleContent":
        """What ``module`` says now."""
        activities = tuple(ActivityContent.of(each) for each in module.activities)
        return cls(module.id, module.titles, module.curriculum_key, activities)


@dataclass(frozen=True, slots=True)
class Content:
    """A whole course as it stood."""

    titles: Titles
    summary: Titles
    languages: tuple[str, ...]
    curriculum_code: str
    curriculum_version: str
    modules: tuple[ModuleContent, ...]

    @classmethod
    def of(cls, course: Course) -> "Content":
        """What the draft of ``course`` says now."""
        modules = tuple(ModuleContent.of(each) for each in course.modules)
        curriculum = (course.curriculum_code, course.curriculum_version)
        return cls(course.titles, course.summary, tuple(course.languages), *curriculum, modules)

    @classmethod
    def from_outline(cls, outline: Mapping[str, Any], bodies: Mapping[UUID, Titles]) -> "Content":
        """The content whose outline was stored as JSON, with the bodies by activity (missing ones are empty)."""
        return cls(
            _titles(outline["titles"]),
            _titles(outline["summary"]),
            tuple(outline["languages"]),
            outline["curriculum"]["code"],
            outline["curriculum"]["version"],
            tuple(_module(each, bodies) for each in outline["modules"]),
        )

    def outline(self) -> dict[str, Any]:
        """Everything but the bodies, as JSON."""
        return {
            "titles": _pair(self.titles),
            "summary": _pair(self.summary),
            "languages": list(self.languages),
            "curriculum": {"code": self.curriculum_code, "version": self.curriculum_version},
            "modules": [_module_json(each) for each in self.modules],
        }

    def activities(self) -> Iterator[ActivityContent]:
        """All activities in reading order."""
        for module in self.modules:
            yield from module.activities

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(each.minutes for each in self.activities())

    @property
    def digest(self) -> str:
        """A fingerprint: two contents with the same one say the same."""
        bodies = {str(each.id): _pair(each.body) for each in self.activities()}
        written = json.dumps([self.outline(), bodies], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()


def _pair(titles: Titles) -> dict[str, str]:
    return {"ko": titles.ko, "en": titles.en}


def _titles(pair: Mapping[str, str]) -> Titles:
    return Titles(pair["ko"], pair["en"])


def _module_json(module: ModuleContent) -> dict[str, Any]:
    return {
        "id": str(module.id),
        "titles": _pair(module.titles),
        "curriculum_key": module.curriculum_key,
        "activities": [
            {
                "id": str(each.id),
                "kind": each.kind,
                "titles": _pair(each.titles),
                "settings": dict(each.settings),
                "minutes": each.minutes,
            }
            for each in module.activities
        ],
    }


def _module(written: Mapping[str, Any], bodies: Mapping[UUID, Titles]) -> ModuleContent:
    activities = tuple(_activity(each, bodies) for each in written["activities"])
    return ModuleContent(UUID(written["id"]), _titles(written["titles"]), written["curriculum_key"], activities)


def _activity(written: Mapping[str, Any], bodies: Mapping[UUID, Titles]) -> ActivityContent:
    identifier = UUID(written["id"])
    titles, body = _titles(written["titles"]), bodies.get(identifier, NOTHING)
    return ActivityContent(identifier, written["kind"], titles, body, written["settings"], written["minutes"])
