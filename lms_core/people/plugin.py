"""What people brings to the house."""

from collections.abc import Sequence

from flask import Blueprint

from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role, SearchSource
from lms_core.people import domain
from lms_core.people.api import api
from lms_core.people.pages import pages
from lms_core.people.pages.staff import search_persons

PERMISSIONS = (
    Permission(domain.SEE_PERSON, text("See people and their roles")),
    Permission(domain.INVITE_PERSON, text("Invite people")),
    Permission(domain.GIVE_ROLE, text("Give and take roles")),
    Permission(domain.EXPORT_PERSON, text("Export a person's data")),
    Permission(domain.ERASE_PERSON, text("Erase a person's data")),
)
SIGN_IN_PURPOSE = text("Signing in and keeping the account safe")
UNTIL_ERASED = text("Until the account is erased")


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """Pages and API."""
    return [pages, api]


@hookimpl
def lms_register_permissions() -> Sequence[Permission]:
    """What can be done to accounts."""
    return PERMISSIONS


@hookimpl
def lms_register_roles() -> Sequence[Role]:
    """The administrator, who may do everything that anybody declares."""
    return [Role(domain.ADMINISTRATOR, text("Administrator"), frozenset(), ("site",))]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Home, and people for those who may see them."""
    home = MenuItem("people.home", text("Home"), rank=0)
    return [home, MenuItem("people.persons", text("People"), domain.SEE_PERSON, rank=80)]


@hookimpl
def lms_register_search_sources() -> Sequence[SearchSource]:
    """People, for those who may see them in the directory."""
    return [SearchSource("people.persons", text("People"), search_persons, domain.SEE_PERSON)]


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Accounts and their keys; who read what about whom; mails."""
    keys = ("people_session", "people_token", "people_link")
    names = ("email", "display_name")
    records = text("Telling a person who read their data")
    return [
        PersonalData("people_person", "id", SIGN_IN_PURPOSE, UNTIL_ERASED, "keep", names),
        *(PersonalData(table, "person_id", SIGN_IN_PURPOSE, text("Until they end or expire")) for table in keys),
        PersonalData("people_role", "person_id", text("Deciding who may do what"), UNTIL_ERASED),
        PersonalData("foundation_mail", "person_id", text("Sending mail"), UNTIL_ERASED),
        PersonalData("foundation_access_record", "person_id", records, text("Five years"), "keep"),
    ]
