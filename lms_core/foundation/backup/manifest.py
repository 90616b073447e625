"""The manifest of an archive: what lies in it, with its sums, and which versions made it."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import entry_points, version
from pathlib import PurePosixPath
from typing import Any, Self

from lms_core.foundation.backup.errors import ArchiveDamaged
from lms_core.foundation.text import text

NAME = "manifest.json"
CONFIG = "config.py"
UPLOADS = "uploads"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """What a file has to be: its SHA-256 in hexadecimal, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """``database`` is sqlite or postgresql; ``lineages`` the heads of each version table; ``files`` by path."""

    made_at: datetime
    database: str
    versions: Mapping[str, str]
    lineages: Mapping[str, tuple[str, ...]]
    files: Mapping[str, Sum]
    format: int = FORMAT

    def json(self) -> str:
        """The manifest as it stands in the archive, and as a command shows it."""
        return json.dumps(asdict(self) | {"made_at": self.made_at.isoformat()}, indent=2, sort_keys=True)

    @classmethod
    def read(cls, written: str | bytes) -> Self:
        """The manifest that ``written`` says. Raises ArchiveDamaged for anything else."""
        try:
            found = json.loads(written)
            if found["format"] != FORMAT:
                raise ArchiveDamaged(text("This archive was made by another version, in a format not known here."))
            return cls(**found | _typed(found))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise ArchiveDamaged from wrong

    def require_safe(self) -> None:
        """Raise ArchiveDamaged where a path would lead out of the places that we restore."""
        for name in self.files:
            parts = PurePosixPath(name).parts
            plain = name == "/".join(parts) and not {"..", "."} & set(parts) and not {"\\", "\0"} & set(name)
            known = len(parts) == 1 if parts[:1] != (UPLOADS,) else len(parts) > 1
            if not (plain and known and not name.startswith("/")):
                raise ArchiveDamaged(text("The archive holds a file that does not belong there: %(name)s", name=name))


def versions() -> dict[str, str]:
    """The versions of all that writes into a database: Python, the core, and the plugins that are installed."""
    plugins = {one.name: one.dist.version for one in entry_points(group="lms.plugins") if one.dist}
    return plugins | {"lms-core": version("lms-core"), "python": platform.python_version()}


def _typed(found: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "made_at": datetime.fromisoformat(found["made_at"]),
        "lineages": {table: tuple(heads) for table, heads in found["lineages"].items()},
        "files": {str(name): Sum(str(one["sha256"]), int(one["size"])) for name, one in found["files"].items()},
    }
