"""Mail: written with the change that it tells of, sent after the commit.

Without a mail server the messages are laid into ``instance/mail``, one ``.eml`` file each.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import UUID

from sqlalchemy import insert, select, update

from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.settings import Settings, SettingsError
from lms_core.foundation.tables import mails
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work

SEND = "foundation.send_mail"
# For files, which people open in an editor: Korean as Korean, not as base64.
READABLE = SMTP.clone(utf8=True, linesep="\n")
TIMEOUT = 20.0
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as it stands in the table. The body is plain text; empty once it was sent."""

    id: UUID
    recipient: str
    subject: str
    body: str
    created_at: datetime
    sent_at: datetime | None


def post(uow: UnitOfWork, recipient: str, subject: str, body: str, person_id: UUID | None = None) -> UUID:
    """Write a mail, to be sent once ``uow`` is committed; its id. Raises Invalid for an address that is none."""
    _require_address(recipient)
    mail_id = new_id()
    row = {
        "id": mail_id,
        "recipient": recipient,
        "person_id": person_id,
        # A line break in a header would begin another header.
        "subject": " ".join(subject.split()),
        "body": body,
        "created_at": uow.clock.now(),
    }
    uow.session.execute(insert(mails), row)
    uow.later(SEND, mail_id)
    return mail_id


@dataclass(frozen=True)
class Postman:
    """Sends mails: the task ``foundation.send_mail``."""

    work: Work
    settings: Settings

    def task(self) -> Task:
        """The task, to be registered with the others."""
        return Task(SEND, self.send)

    def send(self, mail_id: UUID) -> None:
        """Send the mail, unless that was done or the person it was for has been erased.

        Whatever the server says is raised, and the outbox tries again. A crash between sending and noting it sends
        twice under one Message-ID, which mail programs show once.
        """
        mail = self._load(mail_id)
        if mail is None or mail.sent_at is not None:
            return
        if self.settings.mail_url:
            self._over_smtp(self._message(mail))
        else:
            self._into_folder(mail.id, self._message(mail, readable=True))
        self._sent(mail.id)

    def _load(self, mail_id: UUID) -> Mail | None:
        columns = [mails.c[name] for name in Mail.__dataclass_fields__]
        with self.work.read() as uow:
            found = uow.session.execute(select(*columns).where(mails.c.id == mail_id)).first()
        return Mail(*found) if found else None

    def _sent(self, mail_id: UUID) -> None:
        # The body goes: it may hold a link that lets its bearer in, and nobody has to read it again.
        with self.work.write() as uow:
            done = {"sent_at": uow.clock.now(), "body": ""}
            uow.session.execute(update(mails).where(mails.c.id == mail_id).values(done))
            uow.commit()

    def _message(self, mail: Mail, *, readable: bool = False) -> EmailMessage:
        message = EmailMessage(policy=READABLE if readable else SMTP)
        message["From"] = self.settings.mail_from
        message["To"] = mail.recipient
        message["Subject"] = mail.subject
        message["Date"] = format_datetime(mail.created_at)
        message["Message-ID"] = f"<{mail.id}@{urlsplit(self.settings.public_url).hostname or 'localhost'}>"
        # So that no absence note answers a machine (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.body, cte="8bit" if readable else None)
        return message

    def _into_folder(self, mail_id: UUID, message: EmailMessage) -> None:
        folder = self.settings.instance_path / "mail"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = folder / f".{mail_id}.part"
        half.touch(mode=0o600)
        half.write_bytes(message.as_bytes())
        half.replace(folder / f"{mail_id}.eml")

    def _over_smtp(self, message: EmailMessage) -> None:
        with connected(self.settings.mail_url) as server:
            server.send_message(message)


@contextmanager
def connected(url: str) -> Iterator[smtplib.SMTP]:
    """A conversation with the server at ``smtp://user:password@host:port`` (smtps: encrypted from the first byte).

    Over smtp it is encrypted where the server can; a password is never sent in the clear but to this machine.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise SettingsError("mail_url is written smtp://user:password@host:port, or smtps://...")
    with _opened(parts) as server:
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _opened(parts: SplitResult) -> smtplib.SMTP:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
    elif parts.username and host not in LOOPBACK:
        server.close()
        raise SettingsError(f"{host} offers no encryption, so the password of mail_url is not sent to it")
    return server


def _require_address(recipient: str) -> None:
    try:
        Address(addr_spec=recipient)
    except (HeaderParseError, IndexError, ValueError) as wrong:
        raise Invalid(fields={"email": (text("This is not an email address."),)}) from wrong
