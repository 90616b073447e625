"""A command at a terminal: what a person sees there, and the keys they press."""

import os
import pty
import select
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ENTER, SPACE, ERASE, STOP = "\r", " ", "\x7f", "\x03"
# A program asks where the cursor is, and waits for the answer that a real terminal gives.
WHERE, HERE = "\x1b[6n", "\x1b[1;1R"


@dataclass
class Terminal:
    """The near end of a pseudo terminal, and all that was shown there."""

    process: "subprocess.Popen[bytes]"
    descriptor: int
    shown: str = ""
    _raw: bytes = b""
    _read: int = 0

    def until(self, words: str, seconds: float = 120) -> None:
        """Wait until ``words`` are shown after what was waited for before."""
        end = time.monotonic() + seconds
        while (place := self.shown.find(words, self._read)) < 0:
            assert time.monotonic() < end, f"{words!r} was not shown, but {self.shown[self._read :]!r}"
            assert self._more(), f"it ended before {words!r} was shown: {self.shown[self._read :]!r}"
        self._read = place + len(words)

    def press(self, *keys: str) -> None:
        """Type words, or press keys."""
        os.write(self.descriptor, "".join(keys).encode())

    def ended(self) -> int:
        """The exit code, when the command has said everything."""
        while self._more():
            pass
        return self.process.wait(60)

    def _more(self) -> bool:
        if not select.select([self.descriptor], [], [], 1)[0]:
            return True
        try:
            fresh = os.read(self.descriptor, 65_536)
        except OSError:
            # How Linux says that nobody is at the far end any more.
            return False
        self._raw += fresh
        self.shown = self._raw.decode(errors="ignore")
        if WHERE.encode() in fresh:
            self.press(HERE)
        return bool(fresh)


@contextmanager
def at_terminal(command: Sequence[str], home: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Run ``command`` in ``home`` at a terminal of its own."""
    near, far = pty.openpty()
    told = {**environment, "TERM": "xterm"}
    with subprocess.Popen(
        command, cwd=home, env=told, stdin=far, stdout=far, stderr=far, start_new_session=True
    ) as run:
        os.close(far)
        try:
            yield Terminal(run, near)
        finally:
            run.kill()
            os.close(near)
