"""The plugin that is examined, and where its code stands."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

from werkzeug.routing import Rule

from lms_core.foundation.host.checking.checked import fault
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.identity import new_id
from lms_core.kit.site import Site

_UUID = re.compile(r"<uuid:(\w+)>")
_OTHER = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?\w+>")
_INT = re.compile(r"<int:\w+>")


@dataclass(frozen=True)
class Examined:
    """A plugin that runs on a site made for it, where it is off until somebody switches it on."""

    site: Site
    manifest: Manifest
    folder: Path
    module: ModuleType

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.manifest.id

    def urls(self) -> Iterator[tuple[Rule, str]]:
        """Every URL rule under the plugin's prefixes, with each of its methods."""
        prefixes = self.manifest.url_prefixes
        for rule in self.site.app.url_map.iter_rules():
            if not any(str(rule) == prefix or str(rule).startswith(f"{prefix}/") for prefix in prefixes):
                continue
            if not rule.endpoint.endswith("static"):
                yield from ((rule, method) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))

    def fault(self, of: Callable[..., Any] | None, rule: str, message: str, **values: object) -> Finding:
        """A finding at the function ``of``, or at the manifest where there is none."""
        place, line = place_of(of) if of else (self.manifest.file, 0)
        return fault(self.id, place, rule, message, line, **values)


def place_of(function: Callable[..., Any]) -> tuple[str, int]:
    """The file of a function, or of the function that it wraps, and its first line."""
    code = getattr(inspect.unwrap(getattr(function, "view_class", function)), "__code__", None)
    return (code.co_filename, code.co_firstlineno) if code else (getattr(function, "__module__", ""), 0)


def filled(rule: Rule, identifier: UUID | None = None) -> str:
    """The URL of ``rule`` with an id (one that nobody has, if none is given) in every place for one."""
    url = _UUID.sub(lambda _: str(identifier or new_id()), str(rule))
    return _OTHER.sub("unknown", _INT.sub("1", url))
