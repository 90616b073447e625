"""Beginning a course from a curriculum: a copy, which remembers where each module came from."""

from collections.abc import Callable
from uuid import UUID

from lms_core.catalog.domain.courses import Activity, Module
from lms_core.hooks.catalog import Curriculum, CurriculumActivity, CurriculumModule


def course_modules(curriculum: Curriculum, new_id: Callable[[], UUID]) -> list[Module]:
    """The modules of ``curriculum`` as those of a new draft."""
    return [_module(module, new_id) for module in curriculum.modules]


def _module(module: CurriculumModule, new_id: Callable[[], UUID]) -> Module:
    activities = [_activity(each, new_id) for each in module.activities]
    return Module(new_id(), module.title, module.key, activities)


def _activity(each: CurriculumActivity, new_id: Callable[[], UUID]) -> Activity:
    return Activity(new_id(), each.kind, each.title, each.body, dict(each.settings), each.minutes)
