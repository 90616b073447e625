"""``lms import`` and ``lms bank lint``."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from lms_core.assessment.domain.bank_file import parse_bytes
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.domain.lint import LintReport, lint
from lms_core.assessment.schemas.imports import import_told
from lms_core.assessment.service.imports import ImportReport, ImportService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.clock import SystemClock
from lms_core.foundation.errors import LmsError
from lms_core.foundation.web import provide
from lms_core.hooks.findings import Finding
from lms_core.hooks.items import Provenance

_NAMED = 8


@click.command("import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--bank", "slug", help="The bank's short name; it is made if there is none.")
@click.option("--licence", default="", help="The items' licence, by its SPDX identifier, such as CC-BY-4.0.")
@click.option("--attribution", default="", help="The line shown beside every item.")
@click.option("--source", default="", help="Where the items come from: an address.")
@click.option("--author", default="", help="Who wrote the items.")
@click.option(
    "--language", default="ko", show_default=True, help="The language of the items, where the file is silent."
)
@click.option("--format", "name", default="", help="The format, such as gift; else by the file's suffix.")
@click.option("--commit", is_flag=True, help="Keep the items. Without it, only what would happen is told.")
@click.option("--undo", "undone", type=click.UUID, help="Take the import of this id back.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def import_items(
    file: Path | None, slug: str | None, *, commit: bool, undone: UUID | None, as_json: bool, **given: str
) -> None:
    """Bring the items of FILE into a bank, to be reviewed: first as a dry run, with --commit for good."""
    try:
        if undone:
            _undo(undone, as_json=as_json)
        elif file is None or slug is None:
            raise click.UsageError("Name a FILE and its --bank, or an import to --undo.")
        else:
            _import(file, slug, given, commit=commit, as_json=as_json)
    except LmsError as refused:
        if not as_json:
            raise
        _print(_refusal(refused))
        sys.exit(2)


@click.group("bank")
def bank() -> None:
    """Item banks as files."""


@bank.command("lint")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--objective", "objectives", multiple=True, help="An objective that must be covered; may stand often.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def lint_bank(path: Path, objectives: tuple[str, ...], *, as_json: bool) -> None:
    """Look over a bank file, or every bank file of a folder. Ends with 1 if there is an error."""
    files = [path] if path.is_file() else sorted(each for each in path.rglob("*.md") if each.name != "README.md")
    banks = [parse_bytes(each.read_bytes(), str(each)) for each in files]
    report = lint(banks, SystemClock().now().date(), objectives)
    _print(_lint_json(report)) if as_json else _tell_lint(report, len(files))
    sys.exit(0 if report.is_sound and files else 1)


def _import(file: Path, slug: str, given: dict[str, str], *, commit: bool, as_json: bool) -> None:
    provenance = Provenance(given["licence"], given["attribution"], given["author"], given["source"])
    command = ImportFile(slug, file.name, provenance, given["language"], given["name"])
    service = provide(ImportService)
    with file.open("rb") as stream:
        report = (service.commit if commit else service.preview)(SYSTEM, command, stream)
    _print(import_told(report, str)) if as_json else _tell_import(report)


def _undo(import_id: UUID, *, as_json: bool) -> None:
    done = provide(ImportService).undo(SYSTEM, import_id)
    if as_json:
        _print({"import_id": str(import_id), "undone": True})
    else:
        click.echo(f"Taken back: {done.created} new and {done.updated} changed items of {done.file}.")


def _refusal(refused: LmsError) -> dict[str, Any]:
    reasons = [{"code": one.code, "reason": str(one.reason)} for one in refused.reasons]
    fields = {name: [str(one) for one in said] for name, said in refused.fields.items()}
    told = {"code": refused.code, "reason": str(refused.reason), "reasons": reasons, "fields": fields}
    return {"refused": {**told, **refused.facts}}


def _tell_import(report: ImportReport) -> None:
    counts = report.counts
    click.echo(
        f"{report.file} ({report.format}): {len(report.rows)} read, {counts['created']} new, "
        f"{counts['unchanged']} unchanged, {counts['updated']} updated, {counts['rejected']} rejected."
    )
    for row, problem in report.told("error"):
        click.echo(f"  line {row.read.line}, {row.read.identifier or 'no name'}: {problem.rule}: {problem.text}")
    for rule, count in report.warnings.items():
        found = [(row, problem) for row, problem in report.told("warning") if problem.rule == rule]
        click.echo(f"  {count} x {rule}, such as: {found[0][1].text}")
        click.echo(f"      {_names(row.read.identifier for row, _ in found)}")
    if report.import_id:
        click.echo(f"Kept as import {report.import_id}; the items wait for review. Take it back with --undo.")
    else:
        click.echo("This was a dry run: nothing was kept. Repeat it with --commit to keep the items.")


def _names(identifiers: Iterable[str]) -> str:
    named = list(dict.fromkeys(identifiers))
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more


def _lint_json(report: LintReport) -> dict[str, Any]:
    return {
        "items": report.items,
        "sound": report.is_sound,
        "findings": [{**asdict(finding), "text": str(finding.text)} for finding in report.findings],
        "by_domain": dict(report.by_domain),
        "by_objective": dict(report.by_objective),
        "by_language": dict(report.by_language),
        "key_positions": dict(report.key_positions),
    }


def _tell_lint(report: LintReport, files: int) -> None:
    for finding in report.findings:
        click.echo(str(finding))
    for line in _lint_summary(report.findings, report, files):
        click.echo(line)


def _lint_summary(findings: Iterable[Finding], report: LintReport, files: int) -> Iterator[str]:
    severities = Counter(finding.severity for finding in findings)
    yield f"{files} files, {report.items} items: {severities['error']} errors, {severities['warning']} warnings."
    for name, counts in (("domain", report.by_domain), ("objective", report.by_objective)):
        yield f"  by {name}: " + ", ".join(f"{key or '(none)'} {count}" for key, count in sorted(counts.items()))
    yield "  by language: " + ", ".join(f"{key} {count}" for key, count in sorted(report.by_language.items()))
    yield "  key stands at: " + ", ".join(f"{key} {count}" for key, count in sorted(report.key_positions.items()))


def _print(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
