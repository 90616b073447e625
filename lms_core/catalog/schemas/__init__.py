"""What the catalog reads and gives out."""

from lms_core.catalog.schemas.authoring import (
    ActivityIn,
    ActivityOut,
    CourseIn,
    CourseOut,
    DetailsIn,
    DraftOut,
    DraftQuery,
    ModuleIn,
    ModuleOut,
    MoveIn,
    NewActivityIn,
    PublicationIn,
)
from lms_core.catalog.schemas.published import (
    CourseListedOut,
    CurriculumListOut,
    KindListOut,
    PublicationOut,
    PublishedActivityOut,
    PublishedCourseOut,
    PublishedQuery,
    RevisionOut,
)

__all__ = [
    "ActivityIn",
    "ActivityOut",
    "CourseIn",
    "CourseListedOut",
    "CourseOut",
    "CurriculumListOut",
    "DetailsIn",
    "DraftOut",
    "DraftQuery",
    "KindListOut",
    "ModuleIn",
    "ModuleOut",
    "MoveIn",
    "NewActivityIn",
    "PublicationIn",
    "PublicationOut",
    "PublishedActivityOut",
    "PublishedCourseOut",
    "PublishedQuery",
    "RevisionOut",
]
