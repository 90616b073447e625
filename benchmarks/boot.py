"""Booting with none, ten, fifty and two hundred plugins: found, read, imported, checked and mounted."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Figure, median
from benchmarks.plugins import environment, write_plugins

COUNTS = (0, 10, 50, 200)
ROUNDS = 3
# A process of its own each time: what is imported once is not imported again.
BOOT = (
    "import time\n"
    "import lms_core.app; imported = time.process_time()\n"
    "app = lms_core.app.create_app(); ended = time.process_time()\n"
    "from lms_core.foundation.host.loading import LoadedPlugins\n"
    "plugins = app.extensions['lms'].tools[LoadedPlugins]\n"
    "assert not plugins.quarantined, plugins.quarantined\n"
    "print(ended - imported, sum(name.startswith('bench_') for name in plugins.ids))"
)


def measure() -> list[Figure]:
    """Processor seconds from an imported core to a ready application, and the milliseconds each plugin adds."""
    figures, bare = [], 0.0
    for count in COUNTS:
        seconds = median([_boot(count) for _ in range(ROUNDS)])
        bare = bare or seconds
        figures.append(Figure(f"boot with {count} plugins", seconds, "s"))
        if count:
            figures.append(Figure(f"boot with {count}: a plugin adds", (seconds - bare) / count * 1_000, "ms"))
    return figures


def _boot(count: int) -> float:
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as room:
        shelf = write_plugins(Path(room) / "shelf", count)
        command = [sys.executable, "-c", BOOT]
        told = subprocess.run(command, env=environment(Path(room), shelf), check=True, capture_output=True, text=True)
        seconds, ran = told.stdout.split()
        if int(ran) != count:
            raise RuntimeError(f"{ran} of {count} plugins were loaded")
        return float(seconds)
