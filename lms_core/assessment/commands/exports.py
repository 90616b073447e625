"""``lms export``."""

import json
import sys
from pathlib import Path

import click

from lms_core.assessment.schemas.exports import export_told
from lms_core.assessment.service.exports import ExportBank, ExportReport, ExportService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.errors import LmsError
from lms_core.foundation.web import provide

_NAMED = 20


@click.command("export")
@click.argument("bank")
@click.option(
    "--format",
    "name",
    required=True,
    help="The format to write, such as qti-3.0.",
)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@click.option("--language", default="ko", show_default=True, help="The language, where a format holds only one.")
@click.option("--all", "everything", is_flag=True, help="Also items that nobody has approved yet.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def export_items(bank: str, name: str, output: Path, language: str, *, everything: bool, as_json: bool) -> None:
    """Write the approved items of BANK into a file, and tell what the file cannot hold."""
    try:
        report = _export(bank, name, output, language, everything=everything)
    except LmsError as refused:
        if not as_json:
            raise
        _print({"refused": {"code": refused.code, "reason": str(refused.reason)}})
        sys.exit(2)
    _print({**export_told(report, str), "output": str(output)}) if as_json else _tell(report, output)


def _export(bank: str, name: str, output: Path, language: str, *, everything: bool) -> ExportReport:
    service = provide(ExportService)
    command = ExportBank(service.bank_named(SYSTEM, bank).id, name, language, everything)
    # Beside the file, so that a refusal or a crash leaves what was there.
    partial = output.with_name(f"{output.name}.part")
    try:
        with partial.open("wb") as stream:
            report = service.export(SYSTEM, command, stream)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
    return report


def _tell(report: ExportReport, output: Path) -> None:
    click.echo(f"{output} ({report.format.name}): {report.written} of {report.items} items written.")
    for rule, count in report.losses.items():
        losing = [one for one in report.told if any(each.rule == rule for each in one.losses)]
        said = next(each.text for each in losing[0].losses if each.rule == rule)
        names = ", ".join(one.identifier for one in losing[:_NAMED])
        more = f" and {count - _NAMED} more" if count > _NAMED else ""
        click.echo(f"  {count} x {rule}: {said}\n      {names}{more}")


def _print(data: dict[str, object]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
