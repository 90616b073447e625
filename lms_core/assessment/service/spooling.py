"""What is too much for memory, on disk for as long as somebody works with it."""

import pickle
import weakref
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")
IN_MEMORY: Final = 4_000_000
"""Bytes that stay in memory; beyond, a file without a name takes them, and goes with this process."""
AT_ONCE: Final = 400


class Spool(Generic[Value]):
    """Values in the order in which they came, read as often and by as many as like, a few in memory at a time."""

    def __init__(self, values: Iterable[Value] = ()) -> None:
        """Begin with ``values``."""
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 closed with the spool itself
        self._count = 0
        self._lock = Lock()
        weakref.finalize(self, self._file.close)
        for value in values:
            self.add(value)

    def add(self, value: Value) -> None:
        """Keep one more."""
        with self._lock:
            self._file.seek(0, 2)
            pickle.dump(value, self._file)
            self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Value]:
        at = 0
        for _ in range(self._count):
            with self._lock:
                self._file.seek(at)
                # Nobody but this object has ever written into the file.
                value: Value = pickle.load(self._file)  # noqa: S301
                at = self._file.tell()
            yield value


def in_parts(values: Iterable[Value]) -> Iterator[list[Value]]:
    """``values`` in lists that are small enough for one statement."""
    left = iter(values)
    while part := list(islice(left, AT_ONCE)):
        yield part
