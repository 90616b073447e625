"""What a plugin says of itself in ``plugin.toml``: a disclosure to read before any of its code runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from lms_core.foundation.text import Titles

FILE_NAME = "plugin.toml"
# The version of the promises that plugins build on: hooks, values, open services. It moves on its own, not
# with the distribution: a partner writes core = ">=1.0,<2".
CONTRACT = Version("1.0")
# PostgreSQL cuts names at 63 bytes, and "alembic_version_" has to go in front.
ID_PATTERN = re.compile(r"[a-z](?:_?[a-z0-9])*")
ID_LENGTH = 40


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A table that keeps personal data: why, and for how many days (None: until the person is erased)."""

    table: str
    purpose: Titles
    retention_days: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """A plugin's own description. Ranges are PEP 440; ``file`` and ``version`` tell where it was read.

    ``grants`` are the permissions of the core, or of plugins it requires, that its own roles carry.
    """

    id: str
    version: Version
    title: Titles
    summary: Titles
    core: SpecifierSet
    requires: Mapping[str, SpecifierSet] = field(default_factory=dict)
    hooks: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    hosts: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    url_prefix: str = ""
    file: str = FILE_NAME

    @property
    def table_prefix(self) -> str:
        """What the name of each of its tables begins with."""
        return f"{self.id}_"

    @property
    def url_prefixes(self) -> tuple[str, str, str]:
        """Every URL of the plugin lies under one of these: its pages, its API, its static files."""
        return (self.url_prefix, f"/api/v1{self.url_prefix}", f"/static{self.url_prefix}")
