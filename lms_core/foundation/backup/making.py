"""Making a backup, of a site that is being served."""

import ast
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from lms_core.foundation.backup.archive import Archive, written
from lms_core.foundation.backup.errors import BackupFailed
from lms_core.foundation.backup.manifest import CONFIG, UPLOADS, Manifest, versions
from lms_core.foundation.backup.stores import store
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import text

# A shorter one may be part of any word, and `lms serve` refuses it.
SECRET_LENGTH = 32


def backup(settings: Settings, target: Path) -> Manifest:
    """Save the site into one zip at ``target``; its manifest. Raises BackupFailed, and then writes nothing.

    The database comes first: what it knows of is then among the uploads, which are only ever added to.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    database = store(settings)
    with tempfile.TemporaryDirectory(prefix="lms-backup-", dir=target.parent) as folder, written(target) as archive:
        saved = Path(folder) / database.file
        lineages = database.save(saved)
        archive.add(database.file, saved)
        _add_uploads(archive, settings.instance_path / UPLOADS)
        _add_config(archive, settings)
        manifest = Manifest(datetime.now(UTC), database.kind, versions(), lineages, archive.sums)
        # What could not be restored is not made either.
        manifest.require_safe()
        archive.seal(manifest)
    return manifest


def _add_uploads(archive: Archive, folder: Path) -> None:
    for path in sorted(folder.rglob("*")):
        # A link may lead anywhere; we write none, so it is none of ours.
        if path.is_file() and not path.is_symlink():
            archive.add(f"{UPLOADS}/{path.relative_to(folder).as_posix()}", path)


def _add_config(archive: Archive, settings: Settings) -> None:
    path = settings.instance_path / CONFIG
    if path.is_file():
        archive.add_text(CONFIG, without_secret(path.read_text(), settings.secret_key))


def without_secret(config: str, secret: str) -> str:
    """``config.py`` without the statements that set the secret key. Raises BackupFailed if it still holds it."""
    lines = config.splitlines(keepends=True)
    for statement in reversed(_statements(config)):
        if any(isinstance(node, ast.Name) and node.id == "SECRET_KEY" for node in ast.walk(statement)):
            lines[statement.lineno - 1 : statement.end_lineno] = [
                "# SECRET_KEY is not kept in backups: run `lms init`\n"
            ]
    left = "".join(lines)
    if len(secret) >= SECRET_LENGTH and secret in left:
        raise BackupFailed(
            text("config.py holds the secret key in another place than SECRET_KEY, so it is not copied.")
        )
    return left


def _statements(config: str) -> list[ast.stmt]:
    try:
        return ast.parse(config).body
    except SyntaxError as wrong:
        raise BackupFailed(text("config.py cannot be read as Python, so it is not copied.")) from wrong
