"""What the commands work with: this site's settings, overlay, database, and what is installed on it."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from lms_core.foundation.database import Database
from lms_core.foundation.errors import Conflict, LmsError
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.discovery import Found, add_overlay, discover
from lms_core.foundation.host.findings import PluginRefused
from lms_core.foundation.host.installing import Installer
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.migrations import pending
from lms_core.foundation.host.overlay import Overlay
from lms_core.foundation.host.repository import Installed
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.host.settings.inheritance import Stored
from lms_core.foundation.host.settings.repository import StoredSettings
from lms_core.foundation.host.upgrading import upgrade_site
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work

PID_FILE = "lms.pid"
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

as_json = click.option("--json", "as_json", is_flag=True, help="Answer with JSON.")
sure = click.option("--yes", is_flag=True, help="Do not ask.")


class DatabaseOld(Conflict):
    """The database is not up to date."""

    code = "database-old"
    default = text("The database is not up to date. Run: lms upgrade")


@dataclass(eq=False)
class Desk:
    """One site, as the command line sees it."""

    core: Core

    @cached_property
    def settings(self) -> Settings:
        """The site's settings."""
        return Settings.load()

    @cached_property
    def overlay(self) -> Overlay:
        """Where plugins are installed; mended if a change was killed."""
        overlay = Overlay(self.settings.overlay)
        overlay.mend()
        add_overlay(overlay.folder)
        return overlay

    @cached_property
    def database(self) -> Database:
        """The site's database."""
        return Database(self.settings.database, pool_size=1)

    def close(self) -> None:
        """Let go of the database, if it was opened."""
        if "database" in vars(self):
            self.database.dispose()

    @property
    def found(self) -> tuple[Found, ...]:
        """Everything that is installed at this moment. Imports nothing."""
        add_overlay(self.overlay.folder)
        return discover()

    @property
    def manifests(self) -> dict[str, Manifest]:
        """The manifests of everything installed, by id."""
        return {each.id: each.manifest for each in self.found if each.manifest}

    @property
    def service(self) -> PluginService:
        """Switching and record keeping, on this site's database. Raises DatabaseOld where that is not up to date."""
        if pending(self.database.engine, self.core.lineage()):
            raise DatabaseOld
        return PluginService(Work(self.database), self.manifests)

    def installed(self, plugin: str) -> Installed | None:
        """The record of a plugin that is installed; None where it never was, or only its data was kept."""
        record = self.service.records().get(plugin)
        return record if record and record.state == "installed" else None

    def set_for(self, plugin: str) -> tuple[Stored, ...]:
        """How the plugin was set, secrets still sealed."""
        with Work(self.database).read() as uow:
            return StoredSettings(uow).every(plugin)

    @property
    def installer(self) -> Installer:
        """Placing plugins in this site's overlay."""
        return Installer(self.overlay, self.manifests, self.core.rooms)

    def upgrade(self) -> dict[str, tuple[str, ...]]:
        """Run every pending migration, the core's first; what ran, by lineage."""
        return upgrade_site(self.database, self.settings.instance_path, self.core.lineage(), self.found)

    def reload(self) -> bool:
        """Ask the serving process for new workers, which see what is installed now; whether one is serving."""
        try:
            os.kill(int((self.settings.instance_path / PID_FILE).read_text()), signal.SIGHUP)
        except (OSError, ValueError):
            return False
        return True


def at_desk(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Give the command a Desk, and turn what the house refuses into plain lines and exit code 1."""

    @wraps(command)
    @click.pass_obj
    def run(core: Core, /, *arguments: Any, **named: Any) -> Answer:
        desk = Desk(core)
        try:
            with refusing(as_json=bool(named.get("as_json"))):
                return command(desk, *arguments, **named)
        finally:
            desk.close()

    return run


@contextmanager
def refusing(*, as_json: bool) -> Iterator[None]:
    """Turn what the house refuses inside into plain lines, or JSON, and exit code 1."""
    try:
        yield
    except LmsError as refused:
        _refuse(refused, as_json=as_json)


def say(data: Any, *lines: str, as_json: bool) -> None:
    """Answer with ``data`` as JSON, or with ``lines`` for people."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        for line in lines:
            click.echo(line)


def _refuse(refused: LmsError, *, as_json: bool) -> NoReturn:
    findings = refused.findings if isinstance(refused, PluginRefused) else ()
    if as_json:
        reasons = [{"code": one.code, "reason": str(one.reason), "plugin": one.plugin} for one in refused.reasons]
        problem: dict[str, Any] = {"code": refused.code, "reason": str(refused.reason), "reasons": reasons}
        fields = {name: [str(one) for one in said] for name, said in refused.fields.items()}
        problem |= {"notes": getattr(refused, "__notes__", [])}
        problem |= {"fields": fields, "findings": [one.as_json() for one in findings]}
        click.echo(json.dumps(problem, ensure_ascii=False))
    else:
        click.echo(f"refused: {refused.reason}", err=True)
        told = [str(one) for one in findings] or [str(one.reason) for one in refused.reasons]
        told += [f"{name}: {one}" for name, said in refused.fields.items() for one in said]
        told += getattr(refused, "__notes__", [])
        for line in told:
            click.echo(f"  {line}", err=True)
    sys.exit(1)
