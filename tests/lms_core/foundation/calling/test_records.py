"""Traces are kept in a file of bounded size that every process appends to and any can read."""

import multiprocessing
from datetime import UTC, datetime

from lms_core.foundation.calling.records import NEW, OLD, TraceFile, TraceRecord
from lms_core.foundation.calling.tracing import Traced

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def record(id_="r1", failure=""):
    calls = (Traced("lms_show_home", "labs", 1_500, "" if failure else "Panel(labs)", failure),)
    return TraceRecord(id_, "request", "people.home", NOON, 9_000, 1_500, 1_500, 1, calls)


def test_what_was_written_is_read_again_the_newest_first(tmp_path):
    kept = TraceFile.of(tmp_path)
    for number in range(5):
        kept.write(record(f"r{number}"))
    assert [one.id for one in kept.recent(3)] == ["r4", "r3", "r2"]
    assert kept.find("r1") == record("r1")
    assert kept.find("r9") is None


def test_nothing_written_is_nothing_read(tmp_path):
    assert TraceFile.of(tmp_path).recent() == ()


def test_two_files_bound_it_and_the_newest_stay(tmp_path):
    kept = TraceFile(tmp_path, size=2_000)
    for number in range(100):
        kept.write(record(f"r{number}"))
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert {path.name for path in tmp_path.iterdir()} <= {NEW, OLD}
    assert sum(sizes) < 3 * 2_000
    found = [one.id for one in kept.recent(100)]
    assert found == [f"r{number}" for number in range(99, 99 - len(found), -1)]
    assert len(found) > 5


def test_lines_that_nobody_can_read_are_passed_over(tmp_path):
    kept = TraceFile(tmp_path)
    kept.write(record("r1"))
    with (tmp_path / NEW).open("ab") as file:
        file.write(b'{"half\n[]\n{}\n\xff\n')
    kept.write(record("r2"))
    assert [one.id for one in kept.recent()] == ["r2", "r1"]


def test_a_place_that_cannot_be_written_costs_the_trace_alone(tmp_path):
    (tmp_path / "traces").write_text("a file where the folder should be")
    TraceFile.of(tmp_path).write(record())
    assert TraceFile.of(tmp_path).recent() == ()


def _write(folder, name):
    for number in range(200):
        TraceFile(folder, size=20_000).write(record(f"{name}{number}"))


def test_several_processes_lose_no_line_to_each_other(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write, args=(tmp_path, name)) for name in "ab"]
    for one in writers:
        one.start()
    for one in writers:
        one.join(60)
    lines = b"".join(path.read_bytes() for path in tmp_path.iterdir()).splitlines()
    assert len(TraceFile(tmp_path).recent(1_000)) == len(lines) > 40


def test_who_answered_and_what_failed_can_be_asked(tmp_path):
    assert record(failure="KeyError (labs/plugin.py:3)").failures == 1
    assert record().plugins == ("labs",)
