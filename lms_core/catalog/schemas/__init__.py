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
    CurriculumOut,
    KindOut,
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
    "CurriculumOut",
    "DetailsIn",
    "DraftOut",
    "DraftQuery",
    "KindOut",
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
