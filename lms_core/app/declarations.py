"""Holds what a plugin registered against what its manifest declares, and tries its pages before they are mounted."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms_core.foundation.host.declared import Brought, check_brought
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.mounting import check_mounts


def check_registrations(manifest: Manifest, found: Mapping[str, Sequence[Any]]) -> Findings:
    """Everything in ``found`` (answers by hook) that is undeclared, another's, or would reach beyond the plugin."""
    brought = Brought(
        permissions=[one.name for one in found["lms_register_permissions"]],
        tasks=[one.name for one in found["lms_register_tasks"]],
        personal_data=[one.table for one in found["lms_register_personal_data"]],
        named=[one.name for one in found["lms_register_activity_kinds"]],
    )
    links = [one.endpoint for one in found["lms_register_menus"]]
    return (*check_brought(manifest, brought), *check_mounts(manifest, found["lms_register_blueprints"], links))
