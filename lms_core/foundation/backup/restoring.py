"""Putting a backup back: all of it or nothing, and what was there before stays aside.

First everything is unpacked, checked and brought beside its place; only then is the plan made ready, and from there on
each step may be repeated. A restore that was cut short is therefore either undone or finished, never half.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lms_core.foundation.backup.archive import opened, unpack
from lms_core.foundation.backup.errors import BackupFailed
from lms_core.foundation.backup.manifest import CONFIG, UPLOADS, Manifest
from lms_core.foundation.backup.stores import Store, store
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import text

STAGE = ".restore"
PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored (None: a restore that had been cut short was finished), and where the old things lie."""

    manifest: Manifest | None
    aside: tuple[str, ...]


def restore(settings: Settings, archive: Path, *, force: bool = False) -> Restored:
    """Replace database and uploads by those of ``archive``. The secret key, and a config.py that is there, stay.

    Raises ArchiveDamaged, DatabaseServed (unless ``force``) or BackupFailed, and then has changed nothing.
    """
    finish_interrupted(settings)
    database = store(settings, force=force)
    stamp = datetime.now(UTC).strftime("%Y%m%dt%H%M%S%f")
    with opened(archive) as (packed, manifest), _stage(settings, stamp) as stage:
        _require_same_kind(manifest, database)
        unpack(packed, manifest.files, stage)
        if not force:
            database.require_unserved()
        with _undone(database, stage, stamp):
            database.stage(stage / database.file, stamp)
            (stage / UPLOADS).mkdir(exist_ok=True)
            _write_plan(stage, stamp, ready=True)
            aside = [database.swap(stamp)]
        aside += _put_in_place(settings, stage, stamp)
    return Restored(manifest, tuple(where for where in aside if where))


def finish_interrupted(settings: Settings) -> Restored | None:
    """Finish a restore that was cut short after its plan was written; forget one that had not come so far.

    To be called before the site is served. None where there was nothing to finish.
    """
    stage = settings.instance_path / STAGE
    if not (stage / PLAN).is_file():
        shutil.rmtree(stage, ignore_errors=True)
        return None
    plan = json.loads((stage / PLAN).read_text())
    database, stamp = store(settings), str(plan["stamp"])
    aside: list[str | None] = []
    if plan["ready"]:
        aside = [database.swap(stamp), *_put_in_place(settings, stage, stamp)]
    else:
        database.discard(stamp)
    shutil.rmtree(stage)
    return Restored(None, tuple(where for where in aside if where)) if plan["ready"] else None


@contextmanager
def _stage(settings: Settings, stamp: str) -> Iterator[Path]:
    stage = settings.instance_path / STAGE
    stage.mkdir(mode=0o700, parents=True)
    _write_plan(stage, stamp, ready=False)
    try:
        yield stage
    except BaseException:
        # With a plan that is ready it will be finished; without one nothing has happened yet.
        if not json.loads((stage / PLAN).read_text())["ready"]:
            shutil.rmtree(stage, ignore_errors=True)
        raise
    shutil.rmtree(stage)


@contextmanager
def _undone(database: Store, stage: Path, stamp: str) -> Iterator[None]:
    try:
        yield
    except Exception:
        _write_plan(stage, stamp, ready=False)
        database.discard(stamp)
        raise


def _require_same_kind(manifest: Manifest, database: Store) -> None:
    if manifest.database != database.kind:
        reason = text(
            "The archive was made from %(theirs)s, and this site runs on %(ours)s.",
            theirs=manifest.database,
            ours=database.kind,
        )
        raise BackupFailed(reason)


def _write_plan(stage: Path, stamp: str, *, ready: bool) -> None:
    half = stage / f"{PLAN}.part"
    half.write_text(json.dumps({"stamp": stamp, "ready": ready}))
    half.replace(stage / PLAN)


def _put_in_place(settings: Settings, stage: Path, stamp: str) -> list[str]:
    uploads = settings.instance_path / UPLOADS
    aside = uploads.with_name(f"{UPLOADS}.before-{stamp}")
    if (stage / UPLOADS).exists():
        if uploads.exists():
            uploads.rename(aside)
        (stage / UPLOADS).rename(uploads)
    _place_config(settings, stage, stamp)
    return [str(aside)] if aside.exists() else []


def _place_config(settings: Settings, stage: Path, stamp: str) -> None:
    if not (stage / CONFIG).exists():
        return
    present = settings.instance_path / CONFIG
    place = present.with_name(f"config.from-backup-{stamp}.py") if present.exists() else present
    (stage / CONFIG).rename(place)
