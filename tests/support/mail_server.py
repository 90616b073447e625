"""A mail server that keeps what it is sent: just enough SMTP, in a thread."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass
class MailServer:
    """Messages as they came in, with their envelopes; ``refusal`` answers every recipient, if it is set."""

    port: int = 0
    refusal: str = ""
    logins: bool = False
    messages: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What mail_url has to be."""
        return f"smtp://127.0.0.1:{self.port}"


class Conversation(socketserver.StreamRequestHandler):
    """One client's session."""

    server_of_test: ClassVar[MailServer]

    def handle(self) -> None:
        """Answer every command until the client leaves."""
        self.sender, self.recipients = "", list[str]()
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            self.server_of_test.commands.append(line)
            word = line.split(":")[0].split()[0].lower()
            getattr(self, f"on_{word}", self.on_other)(line)
            if word == "quit":
                return

    def on_ehlo(self, line: str) -> None:
        """Say what we can do."""
        self.say("250-test\r\n250 AUTH PLAIN" if self.server_of_test.logins else "250 test")

    def on_mail(self, line: str) -> None:
        """Take the sender."""
        self.sender = line.partition("<")[2].partition(">")[0]
        self.say("250 ok")

    def on_rcpt(self, line: str) -> None:
        """Take a recipient, or refuse."""
        self.recipients.append(line.partition("<")[2].partition(">")[0])
        self.say(self.server_of_test.refusal or "250 ok")

    def on_data(self, line: str) -> None:
        """Take the message."""
        self.say("354 go on")
        lines = []
        while (read := self.rfile.readline()) != b".\r\n":
            lines.append(read)
        self.server_of_test.messages.append((self.sender, self.recipients, b"".join(lines)))
        self.say("250 ok")

    def on_auth(self, line: str) -> None:
        """Let anyone in."""
        self.say("235 welcome")

    def on_quit(self, line: str) -> None:
        """Say good-bye."""
        self.say("221 bye")

    def on_other(self, line: str) -> None:
        """Agree to anything else."""
        self.say("250 ok")

    def say(self, line: str) -> None:
        """Send a line."""
        self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server on a free port."""
    kept = MailServer()

    class Ours(Conversation):
        server_of_test = kept

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Ours) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield kept
        server.shutdown()
