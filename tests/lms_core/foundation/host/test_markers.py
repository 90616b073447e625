import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from lms_core.foundation.host import markers
from lms_core.foundation.host.markers import forgive, marked, unreturned

HANG = """
import sys, time, pathlib
from lms_core.foundation.host.markers import marked
with marked(pathlib.Path(sys.argv[1]), "labs"):
    print("in", flush=True)
    time.sleep(60)
"""


def test_an_import_that_returns_leaves_nothing(tmp_path):
    with marked(tmp_path, "labs"):
        assert unreturned(tmp_path) == frozenset()
    assert list((tmp_path / markers.FOLDER).iterdir()) == []


def test_an_import_that_raises_leaves_nothing(tmp_path):
    with pytest.raises(SystemExit), marked(tmp_path, "labs"):
        raise SystemExit
    assert unreturned(tmp_path) == frozenset()


def test_a_killed_import_is_known_afterwards_but_not_while_it_runs(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HANG, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "in\n"
    assert unreturned(tmp_path) == frozenset()
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert unreturned(tmp_path) == {"labs"}
    forgive(tmp_path, "labs")
    assert unreturned(tmp_path) == frozenset()


def test_whoever_stops_a_boot_early_accuses_nobody(tmp_path):
    with pytest.raises(KeyboardInterrupt), marked(tmp_path, "labs"):
        raise KeyboardInterrupt
    assert unreturned(tmp_path) == frozenset()


def test_whoever_stops_a_boot_that_hung_leaves_the_note(tmp_path, monkeypatch):
    monkeypatch.setattr(markers, "PATIENCE", -1.0)
    with pytest.raises(KeyboardInterrupt), marked(tmp_path, "labs"):
        raise KeyboardInterrupt
    assert unreturned(tmp_path) == {"labs"}


def test_an_instance_that_never_imported_anything_accuses_nobody(tmp_path):
    assert unreturned(tmp_path) == frozenset()


def test_processes_that_boot_side_by_side_do_not_take_each_others_notes(tmp_path):
    def boot(_: int) -> None:
        with marked(tmp_path, "labs"):
            assert unreturned(tmp_path) == frozenset()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(boot, range(200)))
    assert list((tmp_path / markers.FOLDER).iterdir()) == []
