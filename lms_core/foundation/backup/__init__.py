"""Backups: one archive with the database, the uploads and the configuration, and the way back.

An archive is not encrypted, and it holds personal data: it is written readable for its owner alone.
"""

from lms_core.foundation.backup.errors import ArchiveDamaged, BackupFailed, DatabaseServed
from lms_core.foundation.backup.making import backup
from lms_core.foundation.backup.manifest import Manifest
from lms_core.foundation.backup.restoring import Restored, finish_interrupted, restore

__all__ = [
    "ArchiveDamaged",
    "BackupFailed",
    "DatabaseServed",
    "Manifest",
    "Restored",
    "backup",
    "finish_interrupted",
    "restore",
]
