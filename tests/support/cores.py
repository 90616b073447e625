"""A small core for tests of the plugin host: the foundation's tables, the real hooks, no rooms."""

import inspect
import os
import sys
import tempfile
from pathlib import Path

import click

from lms_core.foundation.database import metadata
from lms_core.foundation.host.commands import plugin_commands
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.discovery import add_overlay, discover
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.lineage import VERSION_TABLE, Lineage
from lms_core.foundation.host.loading import LoadedPlugin, LoadedPlugins, load
from lms_core.foundation.host.strictness import check_hooks
from lms_core.foundation.settings import Settings
from lms_core.hooks.caller import SPECIFICATIONS

ROOT = Path(__file__).parents[2]
COMMAND = ("-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.support.cores import main; main()")
FIRST = '''
"""The foundation's tables."""
from alembic import op
from lms_core.foundation import tables
from lms_core.foundation.database import metadata
from lms_core.foundation.host import tables as host_tables

revision, down_revision, branch_labels, depends_on = "0001", None, None, None
ours = [table for name, table in metadata.tables.items() if name.startswith("foundation_")]


def upgrade():
    metadata.create_all(op.get_bind(), tables=ours)


def downgrade():
    metadata.drop_all(op.get_bind(), tables=ours)
'''


def small_core() -> Core:
    """The core, for one test."""
    return Core(frozenset({"people", "catalog"}), lambda: _check, _lineage, _boot, COMMAND)


def main() -> None:
    """``lms plugin`` of the small core, for processes that tests start."""
    lms = click.Group("lms", commands=[plugin_commands(small_core())])
    sys.exit(lms.main(prog_name="lms"))


def _check(plugin: LoadedPlugin) -> Findings:
    found = {name: value for module in SPECIFICATIONS for name, value in vars(module).items()}
    hooks = {name: value for name, value in found.items() if name.startswith("lms_") and inspect.isfunction(value)}
    return check_hooks(plugin.manifest, plugin.module, hooks)


def _boot(settings: Settings) -> LoadedPlugins:
    add_overlay(settings.overlay)
    return load(discover(), settings.instance_path, check=_check, block=settings.blocked_plugins)


def _lineage() -> Lineage:
    folder = Path(tempfile.gettempdir()) / "lms-small-core"
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    first = folder / "versions" / "0001_foundation.py"
    if not first.exists() or first.read_text() != FIRST:
        # Others may be reading it at this moment: it is whole, or as it was.
        fresh = first.with_suffix(f".{os.getpid()}")
        fresh.write_text(FIRST)
        fresh.replace(first)
    return Lineage("core", folder, VERSION_TABLE, lambda table: table.startswith("foundation_"))


__all__ = ["metadata", "small_core"]
