"""Traces on disk: the latest requests and tasks of all processes of this instance, for staff and the command line.

One file of lines that every process appends to, and the one before it: bounded, and nobody waits for a lock.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import structlog

from lms_core.foundation.calling.tracing import Trace, Traced

Kind = Literal["request", "task"]
log = structlog.get_logger("lms.hooks")
FOLDER, NEW, OLD = "traces", "latest.jsonl", "before.jsonl"
# Bytes of one file; a trace of a busy page has about two thousand.
SIZE = 2_000_000


@dataclass(frozen=True, slots=True)
class TraceRecord:
    """What hooks did for one request or task. ``name`` is an endpoint or a task; times are nanoseconds."""

    id: str
    kind: Kind
    name: str
    at: datetime
    took: int
    asked: int
    answered: int
    total: int
    calls: tuple[Traced, ...]

    @classmethod
    def of(cls, trace: Trace, id_: str, kind: Kind, name: str, at: datetime, took: int) -> "TraceRecord":
        """The record of a trace that has ended."""
        return cls(id_, kind, name, at, took, trace.asked, trace.answered, trace.total, trace.calls())

    @property
    def failures(self) -> int:
        """How many of the calls failed."""
        return sum(one.failed for one in self.calls)

    @property
    def plugins(self) -> tuple[str, ...]:
        """Who answered, each once, in order."""
        return tuple(dict.fromkeys(one.plugin for one in self.calls))

    def as_json(self) -> dict[str, Any]:
        """The record as JSON values."""
        told = {name: getattr(self, name) for name in ("id", "kind", "name", "took", "asked", "answered", "total")}
        return told | {"at": self.at.isoformat(), "calls": [one._asdict() for one in self.calls]}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "TraceRecord":
        """The record that was written so. Raises KeyError, TypeError or ValueError where it was not."""
        calls = tuple(Traced(**one) for one in told["calls"])
        return cls(**{**told, "at": datetime.fromisoformat(told["at"]), "calls": calls})


@dataclass(frozen=True, slots=True)
class TraceFile:
    """The traces of one instance folder."""

    folder: Path
    size: int = SIZE

    @classmethod
    def of(cls, instance: Path) -> "TraceFile":
        """The traces of the instance at this path."""
        return cls(instance / FOLDER)

    def write(self, record: TraceRecord) -> None:
        """Append one. A disk that is full or closed costs a trace, never a page."""
        line = json.dumps(record.as_json(), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.folder / NEW, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                # One write to a file opened for appending: lines of several processes do not mix.
                os.write(descriptor, line)
                if os.fstat(descriptor).st_size > self.size:
                    self._turn(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            log.warning("a trace was not kept", reason=str(error))

    def recent(self, limit: int = 20) -> tuple[TraceRecord, ...]:
        """The latest ones, the newest first."""
        return tuple(record for record, _ in zip(self._backwards(), range(limit), strict=False))

    def find(self, id_: str) -> TraceRecord | None:
        """The latest one of this request or task, or None."""
        return next((record for record in self._backwards() if record.id == id_), None)

    def _backwards(self) -> Iterator[TraceRecord]:
        for name in (NEW, OLD):
            try:
                lines = (self.folder / name).read_bytes().splitlines()
            except OSError:
                continue
            for line in reversed(lines):
                try:
                    yield TraceRecord.from_json(json.loads(line))
                except (ValueError, KeyError, TypeError):
                    # Written by an older version, or half written when the disk was full.
                    continue

    def _turn(self, descriptor: int) -> None:
        """Begin a new file, unless another process has done so already."""
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_ino == (self.folder / NEW).stat().st_ino:
            (self.folder / NEW).replace(self.folder / OLD)
