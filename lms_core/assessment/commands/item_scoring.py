"""``lms item score``: what a response to a QTI item earns, without a database."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from lms_core.assessment.domain.qti.document import SIZE_LIMIT, require_size
from lms_core.assessment.domain.qti.errors import QtiRefused
from lms_core.assessment.domain.qti.packages import read_member
from lms_core.assessment.domain.qti.scoring import Scored, score_file


@click.group()
def item() -> None:
    """Items of QTI as files."""


@item.command()
@click.argument("file", metavar="FILE.xml | PACKAGE.zip#ITEM.xml")
@click.option(
    "--response",
    "responses",
    metavar="JSON",
    multiple=True,
    required=True,
    help='Response variables by identifier, such as {"RESPONSE": "A"}; once for each attempt at an adaptive item.',
)
@click.option("--seed", type=int, default=0, show_default=True, help="What random numbers of a template start from.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def score(file: str, responses: tuple[str, ...], seed: int, *, as_json: bool) -> None:
    """Score a response to the QTI 2.1, 2.2 or 3.0 item in FILE as the specification says."""
    given = [_json(each) for each in responses]
    try:
        scored = score_file(_read(file), given if len(given) > 1 else given[0], seed)
    except QtiRefused as refused:
        _refuse(refused, file, as_json=as_json)
    click.echo(json.dumps(_told(scored), ensure_ascii=False, indent=2) if as_json else _lines(scored))


def _json(written: str) -> Any:
    try:
        return json.loads(written, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise click.BadParameter(f"“{written[:80]}” is no JSON.", param_hint="--response") from None


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _read(file: str) -> bytes:
    """The bytes of an XML file, or of the file inside a package that stands after the `#`."""
    package, _, member = file.rpartition("#")
    if member and package and not Path(file).is_file():
        with _existing(package).open("rb") as stream:
            return read_member(stream, member)
    path = _existing(file)
    require_size(path.stat().st_size)
    with path.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)


def _existing(name: str) -> Path:
    if not Path(name).is_file():
        raise click.BadParameter(f"There is no file “{name}”.", param_hint="FILE")
    return Path(name)


def _refuse(refused: QtiRefused, file: str, *, as_json: bool) -> NoReturn:
    """Tell why nothing was scored, and where it stands in the file."""
    if as_json:
        told = {"code": refused.code, "reason": str(refused.reason), "file": file, **refused.facts}
        click.echo(json.dumps({"refused": {**told, "line": refused.line}}, ensure_ascii=False, indent=2))
    else:
        place = f"{file}:{refused.line}: {refused.element}".rstrip(": ")
        click.echo(f"Error: {place}: {refused.rule}: {refused.reason}", err=True)
    sys.exit(2)


def _told(scored: Scored) -> dict[str, Any]:
    return {
        "identifier": scored.identifier,
        "outcomes": dict(scored.outcomes),
        "maximum": scored.maximum,
        "maximum_reason": str(scored.maximum_reason) if scored.maximum_reason else None,
        "template": dict(scored.template),
        "completion_status": scored.completion_status,
        "attempts": scored.attempts,
    }


def _lines(scored: Scored) -> str:
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in scored.outcomes.items()]
    lines += [f"{name} was drawn as {json.dumps(value)}" for name, value in scored.template.items()]
    known = f"{scored.maximum:g}" if scored.maximum is not None else f"not known. {scored.maximum_reason}"
    return "\n".join([*lines, f"Maximum: {known}"])
