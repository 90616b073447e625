"""What may go wrong with a backup: it cannot be made, it is damaged, or the database is in use."""

from lms_core.foundation.errors import Conflict, Invalid, LmsError
from lms_core.foundation.text import text


class BackupFailed(LmsError):
    """It could not be made, or not be put back; the site is as it was before."""

    code = "backup-failed"
    default = text("The backup failed. The site is as it was before.")


class ArchiveDamaged(Invalid):
    """It is no backup of ours, or no longer what it was when it was made. Nothing was touched."""

    code = "archive-damaged"
    default = text("This archive is damaged. Nothing was changed.")


class DatabaseServed(Conflict):
    """Somebody is connected to the database that is to be replaced."""

    code = "database-served"
    default = text("The site is being served from this database. Stop it first, then restore.")
