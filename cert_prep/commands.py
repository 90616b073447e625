"""``lms certifications``: the outlines that are to be read anew, for whoever keeps the catalogues."""

from datetime import timedelta
from typing import Any

import click

from cert_prep.service import CatalogueReader, Listed
from lms_core.foundation.web import provide
from lms_core.foundation.web.json import dumps


@click.command("certifications")
@click.option(
    "--within", "days", default=90, show_default=True, type=click.IntRange(0, 3650), help="Days to look ahead."
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def certifications(days: int, *, as_json: bool) -> None:
    """List credentials that end soon, or whose facts nobody compared with the vendor's page for as long."""
    reader = provide(CatalogueReader)
    due = [told for one in reader.listed() if (told := _due(one, reader, timedelta(days=days)))]
    if as_json:
        click.echo(dumps(due))
        return
    for one in due:
        click.echo(f"{one['code']}  {one['why']} {one['day']}  {one['source']}".rstrip())
    if not due:
        click.echo(f"No outline ends within {days} days, and each was compared with its source within {days} days.")


def _due(one: Listed, reader: CatalogueReader, within: timedelta) -> dict[str, Any] | None:
    """Why an outline is to be read anew, and where; None for one that is in order."""
    told, today = one.specification, reader.today
    if one.standing.retired:
        return None
    source = next((each.url for each in told.sources if each.url), "")
    named = {"code": one.certification.code, "plugin": one.plugin, "source": source}
    if told.retired_on and told.retired_on <= today + within:
        return named | {"why": "ends", "day": told.retired_on.isoformat()}
    if told.checked_at < today - within:
        return named | {"why": "checked", "day": told.checked_at.isoformat()}
    return None
