"""What no two plugins may hold at once: a name of the core's, a URL prefix, a prefix of tables."""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import combinations

from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.manifest_file import line_in
from lms_core.foundation.text import text

# First steps of URLs that belong to no room.
RESERVED_URLS = frozenset(
    {"admin", "api", "static", "healthz", "readyz", "metrics", "plugins", "language", "favicon-ico"}
)


def clashes(manifests: Iterable[Manifest], rooms: Set[str] = frozenset()) -> Mapping[str, Findings]:
    """Who claims what is another's, by id. The core comes first, then the plugin whose name comes first."""
    every = sorted(manifests, key=lambda manifest: manifest.id)
    faults: dict[str, Findings] = {}
    for fault in (*_against_core(every, rooms), *_against_each_other(every)):
        faults[fault.plugin] = (*faults.get(fault.plugin, ()), fault)
    return faults


def _against_core(manifests: Iterable[Manifest], rooms: Set[str]) -> Iterator[Finding]:
    for manifest in manifests:
        first = manifest.url_prefix.strip("/")
        if first in rooms or first in RESERVED_URLS:
            message = text("“%(url)s” is the core's.", url=manifest.url_prefix)
            yield Finding(manifest.id, manifest.file, line_in(manifest.file, ("url_prefix",)), "url-prefix", message)
        for room in sorted(rooms):
            if manifest.table_prefix.startswith(f"{room}_"):
                message = text("Tables that begin with %(prefix)s are the core's.", prefix=f"{room}_")
                yield Finding(manifest.id, manifest.file, line_in(manifest.file, ("id",)), "table-prefix", message)


def _against_each_other(manifests: Iterable[Manifest]) -> Iterator[Finding]:
    for earlier, later in combinations(manifests, 2):
        if later.url_prefix == earlier.url_prefix:
            message = text("“%(url)s” is already taken by “%(other)s”.", url=later.url_prefix, other=earlier.id)
            yield Finding(later.id, later.file, line_in(later.file, ("url_prefix",)), "url-prefix", message)
        # Dropping the tables of cert_ would drop those of cert_prep_ as well: neither may stand under the other.
        if later.table_prefix.startswith(earlier.table_prefix):
            message = text(
                "Its tables begin with %(prefix)s, as those of “%(other)s” do.",
                prefix=earlier.table_prefix,
                other=earlier.id,
            )
            yield Finding(later.id, later.file, line_in(later.file, ("id",)), "table-prefix", message)
