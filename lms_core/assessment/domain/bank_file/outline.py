"""Where the items of a bank file stand, so that a long file can be read piece by piece."""

import re
from array import array
from collections.abc import Iterator
from hashlib import blake2b

from lms_core.assessment.domain.bank_file.lines import case_in, closing, heading_in, opens_fence, opens_section


class NameTwice(Exception):
    """A name stands over two items."""

    def __init__(self, line: int, name: str) -> None:
        """Keep where it stands for the second time."""
        super().__init__(name)
        self.line, self.name = line, name


class Outline:
    """What a first look over the lines of a file keeps of it: some hundred bytes an item.

    Piece 0 is what stands before the first item, each other piece one item. ``starts`` are in bytes, ``lines`` from 1.
    A fence that never closes runs to the end of the file, and is refused with the piece that it stands in.
    """

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self.starts, self.lines = array("Q", [0]), array("Q", [1])
        self._numbers: dict[bytes, int] = {}
        self._cases: dict[int, bytes] = {}
        self._fence: re.Pattern[str] | None = None
        self._in_fields = False

    def take(self, start: int, line: int, words: str) -> None:
        """Look at the next line. Raises NameTwice."""
        if self._fence is not None:
            self._fence = None if self._fence.fullmatch(words) else self._fence
        elif fence := opens_fence(words):
            self._fence = closing(fence)
        elif name := heading_in(words):
            self._begin(start, line, name)
        elif opens_section(words):
            self._in_fields = False
        elif self._in_fields and (case := case_in(words)):
            self._cases.setdefault(len(self.starts) - 1, _short(case))

    def groups(self) -> Iterator[list[int]]:
        """The numbers of the pieces that are read together: a case with its questions, any other item alone."""
        questions: dict[int, list[int]] = {}
        for number in self._cases:
            questions.setdefault(self._root(number), []).append(number)
        for number in range(1, len(self.starts)):
            if self._root(number) == number:
                yield sorted({number, *questions.get(number, ())})

    def _root(self, number: int) -> int:
        seen: set[int] = set()
        while number not in seen and (case := self._numbers.get(self._cases.get(number, b""))) is not None:
            seen.add(number)
            number = case
        return number

    def _begin(self, start: int, line: int, name: str) -> None:
        if self._numbers.setdefault(_short(name), len(self.starts)) != len(self.starts):
            raise NameTwice(line, name)
        self.starts.append(start)
        self.lines.append(line)
        self._in_fields = True


def _short(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=12).digest()
