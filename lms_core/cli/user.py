"""Accounts from the command line: the first administrator, and help for whoever is locked out."""

from uuid import UUID

import click

from lms_core.cli.application import answer, application
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.scopes import parse_scope
from lms_core.foundation.web.house import house
from lms_core.people.domain import ADMINISTRATOR, GiveRole
from lms_core.people.service import EnlistService, RoleService


@click.group()
def user() -> None:
    """Accounts and roles."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The name shown to others.")
@click.option("--role", default=ADMINISTRATOR, show_default=True, help="The first role.")
@click.option("--scope", default="site", show_default=True, help="Where it holds: site, or campus:ID and the like.")
@click.password_option(help="Asked for if left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def add(email: str, name: str, role: str, scope: str, password: str, *, as_json: bool) -> None:
    """Make an account that works at once."""
    with application().app_context():
        person_id = house(application()).provide(EnlistService).enlist(SYSTEM, email, name, password)
        house(application()).provide(RoleService).give(SYSTEM, GiveRole(person_id, role, parse_scope(scope)))
    answer({"id": person_id} if as_json else f"Made: {email}", as_json=as_json)


@user.command("role")
@click.argument("person_id", type=click.UUID)
@click.argument("role")
@click.option("--scope", default="site", show_default=True, help="Where it holds.")
def give(person_id: UUID, role: str, scope: str) -> None:
    """Give a person a role."""
    with application().app_context():
        house(application()).provide(RoleService).give(SYSTEM, GiveRole(person_id, role, parse_scope(scope)))
    click.echo("Given.")
