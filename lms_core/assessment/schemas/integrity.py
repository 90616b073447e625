"""The conditions of an exam: what a request shows of them, and the form by which they are set."""

import re

from flask import Request
from marshmallow import ValidationError, validates

from lms_core.assessment.domain.integrity import Shown
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

CONFIG_HASH = "X-SafeExamBrowser-ConfigKeyHash"
EXAM_HASH = "X-SafeExamBrowser-RequestHash"
LONGEST_HASH = 128
PASSWORD = fields.Length(max=100)
LINES = fields.Length(max=4_000)
NO_KEY = text("A Browser Exam Key has 64 characters, 0 to 9 and a to f. Copy it from the SEB Config Tool, one a line.")
NO_FILTER = text("Write an address such as learn.example.org/docs/*, one a line, without spaces.")
NETWORKS_HELP = text(
    "One network a line, such as 10.2.30.0/24. A number after it is how many may sit there at once: 10.2.30.0/24 25. "
    "Empty: anywhere."
)
PASSWORD_HELP = text("At least four characters. Whoever begins is asked for it. Empty: it stays as it is.")
QUIT_HELP = text("Closes Safe Exam Browser before the exam is over. Empty: it stays as it is.")
FILTERS_HELP = text("What may be opened beside this site, one address a line, such as learn.example.org/docs/*.")
KEYS_HELP = text("Only for versions that you trust: one key a line, from the SEB Config Tool. Empty: none is checked.")


def shown_by(request: Request, password: str = "") -> Shown:
    """What ``request`` shows. Its address and URL are those behind the proxies that the site trusts."""
    return Shown(
        address=request.remote_addr or "",
        url=request.url,
        config_hash=request.headers.get(CONFIG_HASH, "")[:LONGEST_HASH],
        exam_hash=request.headers.get(EXAM_HASH, "")[:LONGEST_HASH],
        password=password,
    )


class IntegrityIn(Schema):
    """The form of an exam's conditions. Passwords are never shown again: only changed, or taken away."""

    networks = fields.String(
        load_default="",
        validate=LINES,
        metadata={"label": text("Networks and seats"), "help": NETWORKS_HELP, "kind": "textarea"},
    )
    password = fields.String(
        load_default="",
        validate=PASSWORD,
        metadata={"label": text("New exam password"), "help": PASSWORD_HELP, "attributes": {"autocomplete": "off"}},
    )
    no_password = fields.Boolean(load_default=False, metadata={"label": text("Ask for no password any more")})
    browser_required = fields.Boolean(load_default=False, metadata={"label": text("Only in Safe Exam Browser")})
    quit_password = fields.String(
        load_default="",
        validate=PASSWORD,
        metadata={"label": text("New password to quit"), "help": QUIT_HELP, "attributes": {"autocomplete": "off"}},
    )
    no_quit_password = fields.Boolean(
        load_default=False, metadata={"label": text("Let people quit without a password")}
    )
    filters = fields.String(
        load_default="",
        validate=LINES,
        metadata={"label": text("Further addresses"), "help": FILTERS_HELP, "kind": "textarea"},
    )
    exam_keys = fields.String(
        load_default="",
        validate=LINES,
        metadata={"label": text("Browser Exam Keys"), "help": KEYS_HELP, "kind": "textarea"},
    )

    @validates("password")
    def _password(self, password: str, **_: object) -> None:
        if password and len(password) < 4:
            raise ValidationError([text("Write at least four characters.")])

    @validates("exam_keys")
    def _keys(self, written: str, **_: object) -> None:
        _each(written, r"[0-9a-fA-F]{64}", NO_KEY)

    @validates("filters")
    def _filters(self, written: str, **_: object) -> None:
        _each(written, r"[^\s\"<>]{1,200}", NO_FILTER)


def lines_of(written: str) -> tuple[str, ...]:
    """What stands in a field of lines."""
    return tuple(line.strip() for line in written.splitlines() if line.strip())


def _each(written: str, pattern: str, wrong: Text) -> None:
    if not all(re.fullmatch(pattern, line) for line in lines_of(written)):
        raise ValidationError([wrong])
