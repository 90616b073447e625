"""The subject of the catalog: drafts that change, content that does not, and what must be true to publish."""

from lms_core.catalog.domain.commands import AddActivity, CreateCourse, DescribeCourse, PublishCourse, WriteActivity
from lms_core.catalog.domain.content import ActivityContent, Content, ModuleContent
from lms_core.catalog.domain.courses import (
    LANGUAGES,
    SLUG,
    SLUG_LENGTH,
    TITLE_LENGTH,
    Activity,
    Course,
    Module,
    check_course,
    check_titles,
    check_version,
)
from lms_core.catalog.domain.curricula import course_modules
from lms_core.catalog.domain.differences import Change, differences
from lms_core.catalog.domain.errors import (
    ActivityNotFound,
    CourseChanged,
    CourseNotFound,
    CurriculumNotOffered,
    ModuleNotFound,
    NotPublishable,
    RevisionNotFound,
    SlugTaken,
)
from lms_core.catalog.domain.events import CourseCreated, DraftChanged
from lms_core.catalog.domain.publication import LINK, PAGE, facts_of, faults
from lms_core.catalog.domain.revisions import CourseOrigin, CourseSummary, Revision, RevisionPage, Step

__all__ = [
    "LANGUAGES",
    "LINK",
    "PAGE",
    "SLUG",
    "SLUG_LENGTH",
    "TITLE_LENGTH",
    "Activity",
    "ActivityContent",
    "ActivityNotFound",
    "AddActivity",
    "Change",
    "Content",
    "Course",
    "CourseChanged",
    "CourseCreated",
    "CourseNotFound",
    "CourseOrigin",
    "CourseSummary",
    "CreateCourse",
    "CurriculumNotOffered",
    "DescribeCourse",
    "DraftChanged",
    "Module",
    "ModuleContent",
    "ModuleNotFound",
    "NotPublishable",
    "PublishCourse",
    "Revision",
    "RevisionNotFound",
    "RevisionPage",
    "SlugTaken",
    "Step",
    "WriteActivity",
    "check_course",
    "check_titles",
    "check_version",
    "course_modules",
    "differences",
    "facts_of",
    "faults",
]
