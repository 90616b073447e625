"""Lines of a terminal in columns, where a Korean letter takes two cells and a Latin one takes one."""

from collections.abc import Iterator
from itertools import zip_longest
from unicodedata import east_asian_width

_LABEL = 29
_COLUMN = 36
_WIDE = frozenset("WF")


def line(label: str, value: str) -> str:
    """A label and what stands beside it."""
    return f"  {_padded(label, _LABEL)} {value}"


def side_by_side(label: str, left: str, right: str) -> Iterator[str]:
    """Two columns beside a label, each wrapped between words; a word longer than its column is left whole."""
    rows = zip_longest([label], _wrapped(left), _wrapped(right), fillvalue="")
    for name, before, now in rows:
        yield line(name, f"{_padded(before, _COLUMN)} {now}").rstrip()


def _wrapped(said: str) -> list[str]:
    lines: list[str] = []
    for word in said.split():
        if lines and _cells(f"{lines[-1]} {word}") <= _COLUMN:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _padded(said: str, cells: int) -> str:
    return said + " " * (cells - _cells(said))


def _cells(said: str) -> int:
    return sum(2 if east_asian_width(letter) in _WIDE else 1 for letter in said)
