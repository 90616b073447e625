"""``lms plugin trace``: which hooks ran for a request or task, for whom, how long, and what failed."""

import click

from lms_core.foundation.calling.records import TraceFile, TraceRecord
from lms_core.foundation.errors import NotFound
from lms_core.foundation.host.commands.desk import Desk, as_json, at_desk, say
from lms_core.foundation.text import text

MILLION = 1_000_000


@click.command()
@click.argument("number", required=False, metavar="[NUMBER]")
@click.option("--plugin", default="", help="Only those in which this plugin was asked.")
@click.option("--failed", is_flag=True, help="Only those in which something failed.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many.")
@as_json
@at_desk
def trace(desk: Desk, number: str | None, plugin: str, limit: int, *, failed: bool, as_json: bool) -> None:
    """Show the latest requests and tasks with the hooks they asked; with NUMBER, one of them call by call.

    NUMBER is the request's, as error pages and the header X-Request-Id say it, or the task's.
    """
    kept = TraceFile.of(desk.settings.instance_path)
    if number:
        record = kept.find(number)
        if record is None:
            raise NotFound(text("There is no trace of “%(number)s”.", number=number))
        say(record.as_json(), *_calls(record), as_json=as_json)
        return
    found = [
        one for one in kept.recent(10_000) if (not plugin or plugin in one.plugins) and (one.failures or not failed)
    ]
    lines = [_line(one) for one in found[:limit]] or ["nothing was asked yet"]
    say([one.as_json() for one in found[:limit]], *lines, as_json=as_json)


def _line(record: TraceRecord) -> str:
    failures = f"  {record.failures} failed" if record.failures else ""
    times = f"{record.asked / MILLION:9.2f} of {record.took / MILLION:9.2f} ms"
    return f"{record.at:%m-%d %H:%M:%S}  {record.id:<36}  {record.name:<40} {times}  {record.total:>4} asked{failures}"


def _calls(record: TraceRecord) -> list[str]:
    share = 100 * record.answered / record.asked if record.asked else 100.0
    head = [_line(record), f"{share:.0f} % of the time asking is accounted for"]
    return head + [
        f"{'  ' * one.depth}{one.spent / MILLION:9.3f} ms  {one.plugin:<24} {one.hook:<34} {one.failure or one.answer}"
        for one in record.calls
    ]
