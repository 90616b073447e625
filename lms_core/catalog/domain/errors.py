"""What can go wrong with courses."""

from lms_core.foundation.errors import Conflict, Invalid, NotFound, Refused
from lms_core.foundation.text import text


class CourseNotFound(NotFound):
    """There is no such course, or it may not be known."""

    code = "course-not-found"
    default = text("We could not find this course.")


class ModuleNotFound(NotFound):
    """The course has no such module."""

    code = "module-not-found"
    default = text("We could not find this module.")


class ActivityNotFound(NotFound):
    """The course has no such activity."""

    code = "activity-not-found"
    default = text("We could not find this activity.")


class RevisionNotFound(NotFound):
    """The course was never published, or has no such revision."""

    code = "revision-not-found"
    default = text("We could not find this revision.")


class CurriculumNotOffered(Invalid):
    """No plugin that is on at the chosen place offers this curriculum."""

    code = "curriculum-not-offered"

    def __init__(self) -> None:
        """Stand beside the field that it concerns."""
        said = text("This curriculum is not offered at the chosen place. Choose another place, or another curriculum.")
        super().__init__(fields={"curriculum": (said,)})


class SlugTaken(Conflict):
    """Another course already has this short name."""

    code = "slug-taken"
    default = text("This short name is already in use. Choose another one.")

    def __init__(self) -> None:
        """Stand beside the field that it concerns."""
        super().__init__(fields={"slug": (self.default,)})


class CourseChanged(Conflict):
    """Somebody saved another version since this one was opened. ``facts["version"]`` is the one that is stored."""

    code = "changed-meanwhile"
    default = text(
        "Someone else saved this while you were editing. "
        "Compare what is saved now with what you typed, then save again."
    )


class NotPublishable(Refused):
    """Something stands against publishing; every reason is given."""

    code = "not-publishable"
    default = text("This course cannot be published yet.")
