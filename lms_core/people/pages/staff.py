"""People as staff see them: the list, a profile, inviting, giving and taking roles, erasure."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import KINDS, SITE, Scope
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, house, provide
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.foundation.web.schemas import PageIn, load, page_request
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import SearchHit
from lms_core.people.domain import (
    ERASE_PERSON,
    GIVE_ROLE,
    INVITE_PERSON,
    SEE_PERSON,
    GiveRole,
    InvitePerson,
    RoleBook,
)
from lms_core.people.pages import pages
from lms_core.people.pages.home import current_viewer
from lms_core.people.schemas import InvitationIn, RoleIn, scope_in
from lms_core.people.service import AccountService, PrivacyService, RoleService


@pages.get("/people/")
@access(SEE_PERSON, scope="any")
def persons() -> ResponseReturnValue:
    """Those whom one may see: search, filter by role, sort, pages."""
    wanted = page_request(load(PageIn(), request.args), "role", given=request.args)
    found = provide(AccountService).listed(current_actor(), wanted)
    return render_template("people/persons.html", page=found, request_page=wanted, book=provide(RoleBook))


@pages.get("/people/<uuid:person_id>")
@access(SIGNED_IN, scope="object")
def person(person_id: UUID) -> ResponseReturnValue:
    """One person's profile. Reading another's is recorded."""
    return _profile(person_id)


@pages.route("/people/invite", methods=["GET", "POST"])
@access(INVITE_PERSON, scope="any")
def invite() -> ResponseReturnValue:
    """Invite somebody by mail."""
    actor = current_actor()

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        data["scope"] = scope_in(data["scope"])
        person_id = provide(AccountService).invite(actor, InvitePerson(**data))
        _tell(text("The invitation is on its way."))
        return redirect(url_for("people.person", person_id=person_id))

    options = {"role": _roles(), "scope": _places(actor, INVITE_PERSON)}
    return form_view(InvitationIn(), "people/invite.html", act, options=options)


@pages.post("/people/<uuid:person_id>/roles")
@access(GIVE_ROLE, scope="any")
def give_role(person_id: UUID) -> ResponseReturnValue:
    """Give the person a role in one place."""
    data = load(RoleIn(), {key: value for key, value in request.form.items() if key in {"role", "scope"}})
    provide(RoleService).give(current_actor(), GiveRole(person_id, data["role"], scope_in(data["scope"])))
    _tell(text("The role was given."))
    return redirect(url_for("people.person", person_id=person_id))


@pages.post("/people/<uuid:person_id>/roles/take")
@access(GIVE_ROLE, scope="any")
def take_role(person_id: UUID) -> ResponseReturnValue:
    """Take a role away."""
    data = load(RoleIn(), {key: value for key, value in request.form.items() if key in {"role", "scope"}})
    provide(RoleService).take(current_actor(), GiveRole(person_id, data["role"], scope_in(data["scope"])))
    _tell(text("The role was taken away."))
    return redirect(url_for("people.person", person_id=person_id))


@pages.post("/people/<uuid:person_id>/erase")
@access(ERASE_PERSON, scope="object")
def erase(person_id: UUID) -> ResponseReturnValue:
    """Erase a person's data."""
    provide(PrivacyService).erase(current_actor(), person_id)
    _tell(text("The person's data was erased."))
    return redirect(url_for("people.persons"))


def search_persons(actor: Actor, request: PageRequest) -> Page[SearchHit]:
    """People by name or address, for the site's search: those whom the actor finds in the directory."""
    found = provide(AccountService).listed(actor, request)
    return found.map(
        lambda one: SearchHit(
            Text("%(value)s", {"value": one.display_name}),
            url_for("people.person", person_id=one.id),
            Text("%(value)s", {"value": one.email}),
        )
    )


def _profile(person_id: UUID) -> ResponseReturnValue:
    actor = current_actor()
    found = provide(AccountService).profile(actor, person_id)
    panels = provide(Hooks).show_person_profile(current_viewer(), person_id)
    options = {"roles": _roles(), "places": _places(actor, GIVE_ROLE)}
    on = frozenset({SITE, *(scope for _, scope in found.roles)})
    may = {"give": bool(options["places"]), "erase": actor.may(ERASE_PERSON, on)}
    book, named = provide(RoleBook), _named(scope for _, scope in found.roles)
    return render_template("people/person.html", shown=found, panels=panels, may=may, book=book, named=named, **options)


def _roles() -> list[Option]:
    return [(role.name, say(role.title)) for role in provide(RoleBook).roles.values()]


def _places(actor: Actor, permission: str) -> list[Option]:
    named = _named(house().places_where(actor, permission))
    ordered = sorted(named.items(), key=lambda one: (KINDS.index(one[0].kind), one[1]))
    return [(str(scope), title) for scope, title in ordered]


def _named(places: Iterable[Scope]) -> dict[Scope, str]:
    wanted = set(places)
    titles = house().titles_of(wanted)
    gone = say(text("A place that is gone"))
    named = {scope: titles[scope].in_(language()) if scope in titles else gone for scope in wanted}
    return named | ({SITE: say(text("The whole site"))} if SITE in wanted else {})


def _tell(message: Text) -> None:
    flash(say(message), "success")
