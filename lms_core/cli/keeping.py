"""Backup and restore."""

from pathlib import Path

import click

from lms_core.cli.application import answer
from lms_core.foundation import backup as keeping
from lms_core.foundation.settings import Settings


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def backup(target: Path, *, as_json: bool) -> None:
    """Write database, uploads and configuration into one archive, while the site goes on."""
    manifest = keeping.backup(Settings.load(), target)
    answer({"archive": str(target), "made_at": manifest.made_at} if as_json else f"Written: {target}", as_json=as_json)


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Also while the site is served; its connections are ended.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def restore(archive: Path, *, force: bool, as_json: bool) -> None:
    """Put an archive's contents in the place of what is there; that is kept aside."""
    done = keeping.restore(Settings.load(), archive, force=force)
    answer(done if as_json else f"Restored from {archive}. {done}", as_json=as_json)
