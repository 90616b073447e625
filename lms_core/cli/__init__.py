"""The command line: ``lms``. Every command that answers with data takes ``--json``."""

import sys
from collections.abc import Sequence

import click

from lms_core.cli.group import LmsGroup
from lms_core.foundation.errors import LmsError
from lms_core.foundation.settings import SettingsError


@click.group(cls=LmsGroup)
@click.version_option(package_name="lms-core", prog_name="lms")
def lms() -> None:
    """Run and look after a learning management system."""


def main(arguments: Sequence[str] | None = None) -> None:
    """The console script. Known errors become one clear line and exit code 2; the rest is a fault and shows itself."""
    try:
        lms.main(list(arguments) if arguments is not None else None, standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(wrong.exit_code)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except SettingsError as wrong:
        click.echo(f"Error: {wrong}", err=True)
        sys.exit(2)
    except LmsError as wrong:
        _tell(wrong)
        sys.exit(2)


def _tell(wrong: LmsError) -> None:
    click.echo(f"Error: {wrong.reason}", err=True)
    for name, said in wrong.fields.items():
        for one in said:
            click.echo(f"  {name}: {one}", err=True)
    for reason in wrong.reasons:
        click.echo(f"  {reason.plugin}: {reason.reason}", err=True)
