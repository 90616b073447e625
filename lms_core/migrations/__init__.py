"""The core's lineage of migrations: one for all its rooms. It needs every table, so it stands on the roof."""

from importlib import import_module
from pathlib import Path

from lms_core.foundation.host.lineage import VERSION_TABLE, Lineage

FOLDER = Path(__file__).parent
PREFIXES = ("foundation_", "people_", "organisation_", "catalog_", "enrolment_", "assessment_", "progress_")


def core_lineage() -> Lineage:
    """The core's lineage, with the tables of the foundation and of every room known."""
    import_module("lms_core.foundation.tables")
    import_module("lms_core.foundation.host.tables")
    for prefix in PREFIXES[1:]:
        import_module(f"lms_core.{prefix.rstrip('_')}.tables")
    return Lineage("core", FOLDER, VERSION_TABLE, lambda table: table.startswith(PREFIXES))
