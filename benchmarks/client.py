"""A client that costs little: requests made of bytes over kept connections, several at a time."""

import itertools
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any


class Connection:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._left = b""

    def send(self, method: str, path: str, token: str, body: Any = None) -> tuple[int, bytes]:
        """Send a request, wait for its answer: the status and the body."""
        data = b"" if body is None else json.dumps(body).encode()
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        self._socket.sendall(head.encode() + data)
        return self._answer()

    def json(self, method: str, path: str, token: str, body: Any = None) -> Any:
        """The same, read; raises unless it went well."""
        status, answer = self.send(method, path, token, body)
        if status >= 300:
            raise RuntimeError(f"{method} {path}: {status} {answer[:300]!r}")
        return json.loads(answer) if answer else None

    def _answer(self) -> tuple[int, bytes]:
        data = self._left
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, rest = data.partition(b"\r\n\r\n")
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
        )
        while len(rest) < length:
            rest += self._more()
        self._left = rest[length:]
        return int(head[9:12]), rest[:length]

    def _more(self) -> bytes:
        got = self._socket.recv(262_144)
        if not got:
            raise ConnectionError("the server closed the connection")
        return got


@dataclass
class Load:
    """What several clients did: how many in how long, how long each took, and what went wrong."""

    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """How many a second."""
        return len(self.took) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which ``share`` of them were done."""
        return sorted(self.took)[min(int(len(self.took) * share), len(self.took) - 1)] * 1000


def drive(clients: int, seconds: float, work: Callable[[int], Iterator[None]]) -> Load:
    """Let ``clients`` threads do ``work(number)`` over and over: each step of the iterator is one thing done."""
    load, end = Load(), time.perf_counter() + seconds

    def one(number: int) -> None:
        try:
            steps = work(number)
            while time.perf_counter() < end:
                began = time.perf_counter()
                if next(steps, "over") == "over":
                    return
                load.took.append(time.perf_counter() - began)
        except Exception as error:  # noqa: BLE001 told to whoever drives
            load.wrong.append(repr(error))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    if load.wrong:
        raise RuntimeError(f"{len(load.wrong)} clients failed, the first: {load.wrong[0]}")
    return load


def pace(clients: int, rate: float, tasks: Sequence[Callable[[int], None]]) -> Load:
    """Do each of ``tasks`` at its own moment, ``rate`` of them a second; a task is called with its client's number.

    What each took counts from the moment it was due, so that one who has to wait for a client is not counted as quick.
    """
    load, numbers, began = Load(), itertools.count(), time.perf_counter()

    def one(client: int) -> None:
        while (number := next(numbers)) < len(tasks):
            due = began + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                tasks[number](client)
            except Exception as error:  # noqa: BLE001 told to whoever paces
                load.wrong.append(repr(error))
            load.took.append(time.perf_counter() - due)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - began
    return load
