"""What a person is shown before a plugin is installed, and when they have to be asked again."""

from collections.abc import Iterator, Mapping
from typing import Any

from lms_core.foundation.host.manifest import Manifest, PersonalData

NOTICE = "A plugin runs with all the rights of this site: what it discloses is no wall around it. Trust its maker."
_ASKED = ("hooks", "permissions", "hosts", "tasks", "settings")


def disclosed(manifest: Manifest) -> dict[str, Any]:
    """What the manifest discloses, as JSON values: kept when somebody consents."""
    return {
        "core": str(manifest.core),
        "requires": {name: str(wanted) for name, wanted in manifest.requires.items()},
        "hooks": list(manifest.hooks),
        "permissions": list(manifest.permissions),
        "personal_data": [_personal(table) for table in manifest.personal_data],
        "hosts": list(manifest.hosts),
        "tasks": list(manifest.tasks),
        "settings": list(manifest.settings),
        "urls": list(manifest.url_prefixes),
        "tables": f"{manifest.table_prefix}*",
    }


def consent_lines(manifest: Manifest) -> Iterator[str]:
    """The disclosure as lines for a terminal, in both languages where the author wrote both."""
    yield f"{manifest.title.ko} / {manifest.title.en}  ({manifest.id} {manifest.version})"
    yield f"  {manifest.summary.ko}"
    yield f"  {manifest.summary.en}"
    needs = ", ".join(f"{name} {wanted}" for name, wanted in manifest.requires.items())
    yield _line("requires", f"core {manifest.core}" + (f", {needs}" if needs else ""))
    yield _line("pages", ", ".join(manifest.url_prefixes[:2]))
    yield _line("tables", f"{manifest.table_prefix}*")
    yield _line("hooks", ", ".join(manifest.hooks) or "none")
    yield _line("permissions", ", ".join(manifest.permissions) or "none")
    yield _line("tasks", ", ".join(manifest.tasks) or "none")
    yield _line("settings", ", ".join(manifest.settings) or "none")
    yield _line("network", ", ".join(manifest.hosts) or "calls nobody")
    for table in manifest.personal_data:
        days = f"{table.retention_days} days" if table.retention_days else "until the person is erased"
        yield _line("keeps data", f"{table.table}: {table.purpose.ko} / {table.purpose.en} ({days})")
    if not manifest.personal_data:
        yield _line("keeps data", "no personal data")


def asks_more(before: Mapping[str, Any], manifest: Manifest) -> tuple[str, ...]:
    """What ``manifest`` asks for that nobody has consented to yet: an upgrade that asks for more asks again."""
    now = disclosed(manifest)
    more = [f"{key}: {item}" for key in _ASKED for item in now[key] if item not in before.get(key, ())]
    kept = {table["table"] for table in before.get("personal_data", ())}
    more += [f"personal_data: {table['table']}" for table in now["personal_data"] if table["table"] not in kept]
    return tuple(more)


def _personal(table: PersonalData) -> dict[str, Any]:
    purpose = {"ko": table.purpose.ko, "en": table.purpose.en}
    return {"table": table.table, "purpose": purpose, "retention_days": table.retention_days}


def _line(name: str, value: str) -> str:
    return f"  {name:<12} {value}"
