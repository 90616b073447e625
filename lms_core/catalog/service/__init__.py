"""The use cases of the catalog. Other rooms and plugins come in by this door and by ``domain``."""

from lms_core.catalog.service.directory import CourseDirectory
from lms_core.catalog.service.drafts import DraftService
from lms_core.catalog.service.kinds import ActivityShown, KindService, show_link, show_page
from lms_core.catalog.service.outline import OutlineService
from lms_core.catalog.service.publishing import PublicationPreview, PublishingService
from lms_core.catalog.service.reach import course_scopes
from lms_core.catalog.service.reading import ActivityRead, CourseListed, ReadingService

__all__ = [
    "ActivityRead",
    "ActivityShown",
    "CourseDirectory",
    "CourseListed",
    "DraftService",
    "KindService",
    "OutlineService",
    "PublicationPreview",
    "PublishingService",
    "ReadingService",
    "course_scopes",
    "show_link",
    "show_page",
]
