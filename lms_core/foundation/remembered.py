"""What was made once and stays true: kept under a key that names everything it depends on, the least used forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(Generic[Key, Value]):
    """Up to ``most`` values of one process. There is no way to withdraw one: what changes belongs into the key."""

    def __init__(self, most: int) -> None:
        """Remember nothing yet."""
        self._most = most
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        """How many are kept."""
        return len(self._kept)

    def of(self, key: Key, make: Callable[[], Value]) -> Value:
        """What is kept under ``key``; made first where nothing is. Two who come at once may both make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
