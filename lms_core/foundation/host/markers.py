"""A note left before each import, so that one that never returns is known at the next boot.

The importing process holds a lock on its note. The system lets go of the lock when the process ends, however it
ends: a note that nobody holds, and nobody has taken away, names the plugin that did not come back.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lms_core.foundation.identity import new_id

FOLDER = "importing"
# Whoever stops a boot this early changed their mind; later, it was the import that did not end.
PATIENCE = 5.0


@contextmanager
def marked(instance: Path, plugin: str) -> Iterator[None]:
    """Hold a note that ``plugin`` is being imported; taken away when the import returns or raises."""
    folder = instance / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / f"{plugin}.{new_id().hex}"
    began = time.monotonic()
    # Locked under another name first: nobody may see the note before it is held. Serving processes boot side by side.
    unseen = note.with_name(f"{note.name}.new")
    descriptor = os.open(unseen, os.O_CREAT | os.O_WRONLY, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    unseen.rename(note)
    try:
        yield
    except KeyboardInterrupt:
        if time.monotonic() - began < PATIENCE:
            note.unlink(missing_ok=True)
        raise
    except BaseException:
        note.unlink(missing_ok=True)
        raise
    else:
        note.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def unreturned(instance: Path) -> frozenset[str]:
    """The plugins whose import began in a process that is gone, and never ended."""
    notes = (instance / FOLDER).glob("*.*") if (instance / FOLDER).is_dir() else ()
    return frozenset(note.name.partition(".")[0] for note in notes if _abandoned(note))


def forgive(instance: Path, plugin: str) -> None:
    """Take away the notes about ``plugin``: it may be tried again."""
    for note in (instance / FOLDER).glob(f"{plugin}.*"):
        note.unlink(missing_ok=True)


def _abandoned(note: Path) -> bool:
    if note.suffix == ".new":
        return False
    try:
        descriptor = os.open(note, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        # Taken away between our opening and our locking it: that import has returned.
        return os.fstat(descriptor).st_nlink > 0
    finally:
        os.close(descriptor)
