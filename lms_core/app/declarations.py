"""Holds what a plugin registered against what its manifest declares, and tries its pages before they are mounted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lms_core.app.ownership import Answers, Owners, Places
from lms_core.foundation.host.declared import Brought, check_brought
from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.mounting import check_mounts
from lms_core.foundation.text import text
from lms_core.foundation.web.languages import LANGUAGES, read_messages

NOWHERE: Places = MappingProxyType({})


def check_registrations(
    manifest: Manifest, found: Answers, owners: Owners | None = None, places: Places = NOWHERE
) -> Findings:
    """Everything in ``found`` (answers by hook) that is undeclared, another's, or would reach beyond the plugin."""
    brought = Brought(
        permissions=[one.name for one in found["lms_register_permissions"]],
        tasks=[one.name for one in found["lms_register_tasks"]],
        personal_data=[one.table for one in found["lms_register_personal_data"]],
        settings=[name for one in found["lms_register_settings"] for name in one.names],
        named=[
            *(one.name for one in found["lms_register_activity_kinds"]),
            *(one.name for one in found["lms_register_search_sources"]),
            *(one.name for one in found["lms_register_item_formats"]),
        ],
    )
    links = [one.endpoint for one in found["lms_register_menus"]]
    there = owners.open_to(manifest) if owners else None
    mounts = check_mounts(manifest, found["lms_register_blueprints"], links, there)
    schemas = _one_schema(manifest, found["lms_register_settings"])
    return (
        *check_brought(manifest, brought, _by_key(places)),
        *(_placed(one, places.get("lms_register_blueprints")) for one in mounts),
        *(_placed(one, places.get("lms_register_settings")) for one in schemas),
        *(owners.faults(manifest, found, places) if owners else ()),
    )


def _by_key(places: Places) -> Places:
    """Places by the manifest's keys rather than by hook."""
    keys = {hook.removeprefix("lms_register_"): place for hook, place in places.items()}
    return keys | {"named": keys["activity_kinds"]} if "activity_kinds" in keys else keys


def _placed(finding: Finding, place: tuple[str, int] | None) -> Finding:
    return replace(finding, file=place[0], line=place[1]) if place and not finding.line else finding


def check_messages(plugin: str, folder: Path) -> Iterator[Finding]:
    """Files of messages that cannot be read: the site reads those of all plugins at boot."""
    for language in LANGUAGES:
        file = folder / "translations" / language / "LC_MESSAGES" / "messages.po"
        try:
            if file.is_file():
                read_messages(file, language)
        except Exception as error:  # noqa: BLE001 a plugin's fault stays the plugin's
            message = text("Its messages cannot be read: %(why)s", why=f"{type(error).__name__}: {error}")
            yield Finding(plugin, str(file), getattr(error, "lineno", 0) or 0, "messages", message)


def _one_schema(manifest: Manifest, given: Sequence[Any]) -> Findings:
    """A second schema of settings would silently take the place of the first."""
    if len(given) < 2:
        return ()
    message = text("It registers %(times)d schemas of settings. Put all fields into one.", times=len(given))
    return (Finding(manifest.id, manifest.file, 0, "one-schema", message),)
