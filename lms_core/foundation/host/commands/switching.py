"""``lms plugin enable`` and ``lms plugin disable``: seen by every process within two seconds, with no restart."""

import click

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say
from lms_core.foundation.host.markers import forgive
from lms_core.foundation.scopes import SITE, Scope, parse_scope


class _Place(click.ParamType[Scope]):
    """A scope as people write it: ``site``, or ``campus:<id>``."""

    name = "scope"

    def convert(self, value: str | Scope, param: click.Parameter | None, ctx: click.Context | None) -> Scope:
        try:
            return value if isinstance(value, Scope) else parse_scope(value)
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


scope = click.option("--scope", type=_Place(), default=str(SITE), help="site (the default), or campus:ID, course:ID...")


@click.command()
@click.argument("plugin")
@scope
@as_json
@at_desk
def enable(desk: Desk, plugin: str, scope: Scope, *, as_json: bool) -> None:
    """Switch a plugin on. One that hung or killed its process is tried again at the next start."""
    desk.service.enable(SYSTEM, plugin, desk.core.place(str(scope)))
    forgive(desk.settings.instance_path, plugin)
    say(_answer(plugin, scope, enabled=True), f"{plugin} is on at {scope}", as_json=as_json)


@click.command()
@click.argument("plugin")
@scope
@click.option("--unset", is_flag=True, help="Take the rule for this place away, on or off; wider rules hold again.")
@as_json
@at_desk
def disable(desk: Desk, plugin: str, scope: Scope, *, unset: bool, as_json: bool) -> None:
    """Switch a plugin off. For the whole site, that is final: no campus can have it on."""
    if unset:
        desk.service.clear(SYSTEM, plugin, scope)
        say(_answer(plugin, scope, enabled=None), f"{plugin} has no rule at {scope}", as_json=as_json)
    else:
        desk.service.disable(SYSTEM, plugin, desk.core.place(str(scope)))
        say(_answer(plugin, scope, enabled=False), f"{plugin} is off at {scope}", as_json=as_json)


def _answer(plugin: str, scope: Scope, *, enabled: bool | None) -> dict[str, object]:
    return {"plugin": plugin, "scope": str(scope), "enabled": enabled}
