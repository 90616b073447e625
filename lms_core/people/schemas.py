"""What comes in and goes out of people."""

from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import Scope, parse_scope
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema

LANGUAGES = (("ko", text("Korean")), ("en", text("English")))
EMAIL = {"label": text("E-mail address"), "attributes": {"autocomplete": "username", "inputmode": "email"}}
NAME = {"label": text("Name"), "help": text("As other people on this site see it.")}
NEW_PASSWORD = {
    "label": text("Password"),
    "kind": "password",
    "strip": False,
    "help": text("At least 10 characters. A short sentence works well."),
    "attributes": {"autocomplete": "new-password"},
}
PASSWORD = {
    "label": text("Password"),
    "kind": "password",
    "strip": False,
    "attributes": {"autocomplete": "current-password"},
}


class CredentialsIn(Schema):
    """An e-mail address and a password."""

    email = fields.Email(required=True, validate=fields.Length(max=320), metadata=EMAIL)
    password = fields.String(required=True, validate=fields.Length(min=1, max=200), metadata=PASSWORD)


class SignInIn(CredentialsIn):
    """The sign-in form: credentials, and where to go afterwards."""

    next = fields.String(load_default="", validate=fields.Length(max=500), metadata={"kind": "hidden"})


class IssuedOut(Schema):
    """A token, told once."""

    token = fields.String(required=True)
    expires_at = fields.DateTime(required=True)


class InvitationIn(Schema):
    """Whom to invite, and the first role."""

    email = fields.Email(required=True, validate=fields.Length(max=320), metadata={"label": text("E-mail address")})
    display_name = fields.String(required=True, validate=fields.Length(min=1, max=120), metadata=NAME)
    language = fields.String(
        load_default="ko",
        validate=fields.OneOf(["ko", "en"]),
        metadata={"label": text("Language"), "options": LANGUAGES},
    )
    role = fields.String(
        required=True, validate=fields.Length(min=1, max=64), metadata={"label": text("Role"), "kind": "select"}
    )
    scope = fields.String(
        load_default="site",
        validate=fields.Length(max=64),
        metadata={"label": text("Where"), "kind": "select", "help": text("The role holds in this place only.")},
    )


class RoleIn(Schema):
    """A role in one place: ``site``, or a kind and an id such as ``campus:0198…``."""

    role = fields.String(
        required=True, validate=fields.Length(min=1, max=64), metadata={"label": text("Role"), "kind": "select"}
    )
    scope = fields.String(
        load_default="site", validate=fields.Length(max=64), metadata={"label": text("Where"), "kind": "select"}
    )


class PasswordIn(Schema):
    """A new password."""

    password = fields.String(required=True, validate=fields.Length(min=1, max=200), metadata=NEW_PASSWORD)


class JoinIn(PasswordIn):
    """Answer to an invitation."""

    display_name = fields.String(required=True, validate=fields.Length(min=1, max=120), metadata=NAME)


class ResetAskIn(Schema):
    """Where to send the link."""

    email = fields.Email(required=True, validate=fields.Length(max=320), metadata=EMAIL)


class ProfileIn(Schema):
    """One's own shown name and language."""

    display_name = fields.String(required=True, validate=fields.Length(min=1, max=120), metadata=NAME)
    language = fields.String(
        required=True, validate=fields.OneOf(["ko", "en"]), metadata={"label": text("Language"), "options": LANGUAGES}
    )


class RoleOut(Schema):
    """A role held in one place."""

    role = fields.String(required=True)
    scope = fields.String(required=True)


class PersonOut(Schema):
    """A person as lists show them."""

    id = fields.UUID(required=True)
    display_name = fields.String(required=True)
    email = fields.String(required=True)
    state = fields.String(required=True, validate=fields.OneOf(["invited", "active"]))
    roles = fields.List(fields.Nested(RoleOut), required=True)
    created_at = fields.DateTime(required=True)


class PersonIdOut(Schema):
    """The id of a person."""

    id = fields.UUID(required=True)


class KeyOut(Schema):
    """A session or a token in force; never its secret."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=fields.OneOf(["session", "token"]))
    label = fields.String(required=True)
    created_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True)


class ExportOut(Schema):
    """Everything registered about a person, by table."""

    tables = fields.Dict(required=True)


def scope_in(written: str) -> Scope:
    """The scope written as ``site`` or ``kind:id``. Raises Invalid."""
    try:
        return parse_scope(written)
    except ValueError as wrong:
        said = text("Write site, or a kind and an id such as campus:0198….")
        raise Invalid(fields={"scope": (said,)}) from wrong


class SearchQuery(PageIn):
    """What is looked for, in all sources or in one."""

    source = fields.String(load_default="", validate=fields.Length(max=100))
