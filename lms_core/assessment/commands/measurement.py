"""``lms calibrate``: item parameters from a table of answers, without a database."""

import json
from typing import Any

import click

from lms_core.foundation.errors import Invalid, Unavailable
from lms_core.foundation.text import text

NO_NUMBERS = text("Calibration needs numpy and scipy. Install them with: pip install 'lms-core[measurement]'")

NOT_TEXT = text("This is not a text file in UTF-8. Save the table as comma-separated values in UTF-8.")


@click.command()
@click.argument("file", metavar="RESPONSES.csv", type=click.File(encoding="utf-8-sig"))
@click.option("--model", type=click.Choice(["rasch", "2pl"]), default="2pl", show_default=True)
@click.option("--abilities", is_flag=True, help="Also tell each person's ability, in the order of the rows.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def calibrate(file: Any, model: Any, *, abilities: bool, as_json: bool) -> None:
    """Estimate item parameters from RESPONSES.csv: a row a person, a column an item, cells 0, 1 or empty."""
    try:
        from lms_core.assessment.commands import calibrated  # noqa: PLC0415 numpy and scipy are an extra
    except ModuleNotFoundError as missing:
        raise Unavailable(NO_NUMBERS) from missing
    try:
        told = calibrated.told(file, model, abilities=abilities)
    except UnicodeDecodeError as wrong:
        raise Invalid(NOT_TEXT) from wrong
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else calibrated.table(told))
