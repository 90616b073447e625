"""The JSON API of people: tokens, invitations, persons, roles, export and erasure."""

from typing import Any
from uuid import UUID

from lms_core.foundation.paging import Page, whole
from lms_core.foundation.web import PUBLIC, SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.api import ApiBlueprint, PageIn, page_of
from lms_core.foundation.web.limits import limiter
from lms_core.foundation.web.schemas import page_request
from lms_core.people.domain import (
    ERASE_PERSON,
    GIVE_ROLE,
    INVITE_PERSON,
    SEE_PERSON,
    Credentials,
    GiveRole,
    InvitePerson,
    Issued,
    PersonListed,
)
from lms_core.people.schemas import (
    CredentialsIn,
    ExportOut,
    InvitationIn,
    IssuedOut,
    KeyOut,
    PersonIdOut,
    PersonOut,
    RoleIn,
    scope_in,
)
from lms_core.people.service import AccountService, PrivacyService, RoleService, SignInService

api = ApiBlueprint("people", __name__, "Accounts, sign-in, roles and personal data")


@api.post("/tokens")
@api.doc(security=[])
@api.arguments(CredentialsIn)
@api.response(201, IssuedOut)
@api.alt_response(401, description="The address or the password is not right")
@api.alt_response(429, description="Too many tries")
@access(PUBLIC)
@limiter.limit("600/minute;60/second")
def issue_token(credentials: dict[str, str]) -> Issued:
    """Sign in as a program: a token for an e-mail address and a password."""
    return provide(SignInService).issue_token(Credentials(credentials["email"], credentials["password"]))


@api.get("/me")
@api.response(200, PersonOut)
@access(SIGNED_IN, scope="own")
def me() -> dict[str, Any]:
    """Who one is, with one's roles."""
    actor = current_actor()
    return shown(provide(AccountService).profile(actor, actor.require_person()))


@api.get("/keys")
@api.response(200, page_of(KeyOut))
@access(SIGNED_IN, scope="own")
def keys() -> Page[dict[str, Any]]:
    """One's own sessions and tokens in force."""
    sessions, tokens = provide(SignInService).keys(current_actor())
    listed = [("session", one.device, one) for one in sessions] + [("token", one.label, one) for one in tokens]
    return whole([{"id": one.id, "kind": kind, "label": label, **_dates(one)} for kind, label, one in listed])


@api.delete("/keys/<uuid:key_id>")
@api.response(204)
@api.alt_response(404, description="No such key of one's own")
@access(SIGNED_IN, scope="own")
def revoke(key_id: UUID) -> None:
    """End one of one's own sessions or tokens."""
    provide(SignInService).revoke(current_actor(), key_id)


@api.get("/persons")
@api.arguments(PageIn, location="query")
@api.response(200, page_of(PersonOut))
@access(SEE_PERSON, scope="any")
def persons(query: dict[str, Any]) -> dict[str, Any]:
    """Those whom one may see."""
    found = provide(AccountService).listed(current_actor(), page_request(query))
    return {"items": [shown(one) for one in found.items], "next": found.next, "total": found.total}


@api.post("/invitations")
@api.arguments(InvitationIn)
@api.response(201, PersonIdOut)
@api.alt_response(409, description="There is an account with this address")
@access(INVITE_PERSON, scope="any")
def invite(invitation: dict[str, Any]) -> dict[str, UUID]:
    """Ask somebody to join, with a first role."""
    invitation["scope"] = scope_in(invitation["scope"])
    return {"id": provide(AccountService).invite(current_actor(), InvitePerson(**invitation))}


@api.get("/persons/<uuid:person_id>")
@api.response(200, PersonOut)
@api.alt_response(404, description="Nobody one may see")
@access(SIGNED_IN, scope="object")
def person(person_id: UUID) -> dict[str, Any]:
    """One person. Reading another's profile is recorded."""
    return shown(provide(AccountService).profile(current_actor(), person_id))


@api.post("/persons/<uuid:person_id>/roles")
@api.arguments(RoleIn)
@api.response(204)
@api.alt_response(404, description="Nobody one may see")
@api.alt_response(409, description="Held already")
@access(GIVE_ROLE, scope="any")
def give_role(role: dict[str, str], person_id: UUID) -> None:
    """Give a person a role in one place."""
    command = GiveRole(person_id, role["role"], scope_in(role["scope"]))
    provide(RoleService).give(current_actor(), command)


@api.get("/persons/<uuid:person_id>/export")
@api.response(200, ExportOut)
@api.alt_response(404, description="Nobody one may see")
@access(SIGNED_IN, scope="object")
def export(person_id: UUID) -> dict[str, Any]:
    """Everything the site keeps about a person: one's own, or with the permission to export."""
    return {"tables": provide(PrivacyService).export(current_actor(), person_id)}


@api.delete("/persons/<uuid:person_id>")
@api.response(204)
@api.alt_response(404, description="Nobody one may see")
@access(ERASE_PERSON, scope="object")
def erase(person_id: UUID) -> None:
    """Erase a person's data. This cannot be undone."""
    provide(PrivacyService).erase(current_actor(), person_id)


def shown(one: PersonListed) -> dict[str, Any]:
    """A person as JSON."""
    roles = [{"role": role, "scope": str(scope)} for role, scope in one.roles]
    plain = {"id": one.id, "display_name": one.display_name, "email": one.email, "state": one.state}
    return {**plain, "roles": roles, "created_at": one.created_at}


def _dates(one: Any) -> dict[str, Any]:
    return {"created_at": one.created_at, "expires_at": one.expires_at}
