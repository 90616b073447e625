"""What ``lms plugin check`` does with a running plugin: it is put on a site of its own and asked hard questions."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lms_core.foundation.host.checking.checked import sorted_findings
from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.kit.clock import FixedClock
from lms_core.kit.examination.data import check_personal_data, check_tables
from lms_core.kit.examination.faults import check_faults
from lms_core.kit.examination.gates import check_gates
from lms_core.kit.examination.subject import Examined
from lms_core.kit.examination.urls import check_urls
from lms_core.kit.workshop import Workshop

# In this order: the gate is tried first, while no request has yet run any of the plugin's code.
CHECKS: Mapping[str, Callable[[Examined], Iterator[Finding]]] = {
    "permissions": check_urls,
    "gates": check_gates,
    "personal data": check_personal_data,
    "tables": check_tables,
    "faults": check_faults,
}


def examine(plugin: str, folder: Path) -> Mapping[str, Findings]:
    """Everything found when ``plugin``, which can be discovered, runs on a new site in ``folder``."""
    workshop = Workshop(folder)
    folder.mkdir(parents=True, exist_ok=True)
    site = workshop.site(folder / "instance", FixedClock())
    plugins: LoadedPlugins = site.house.tools[LoadedPlugins]
    if plugin not in plugins.ids:
        return {"registering": plugins.quarantined.get(plugin, ())}
    loaded = next(one for one in plugins.loaded if one.id == plugin)
    examined = Examined(site, loaded.manifest, loaded.folder, sys.modules[loaded.module.__name__])
    return {"registering": ()} | {name: sorted_findings(check(examined)) for name, check in CHECKS.items()}
