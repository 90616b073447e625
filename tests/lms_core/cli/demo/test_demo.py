"""What the command says where it cannot go on."""

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from lms_core.cli import demo as demo_package
from lms_core.cli.demo import demo


@pytest.mark.slow
def test_a_plugin_that_cannot_be_installed_is_told_of_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plugins" / "labs"
    (folder / "labs").mkdir(parents=True)
    (folder / "labs" / "__init__.py").touch()
    (folder / "pyproject.toml").write_text('[build-system]\nrequires = ["setuptools"]\n')
    (folder / "setup.cfg").write_text("[metadata]\nname = labs\nversion = 1.0\n[options]\npackages = labs\n")
    monkeypatch.setattr(demo_package, "PLUGINS", tmp_path / "plugins")
    monkeypatch.setenv("LMS_INSTANCE_PATH", str(tmp_path / "instance"))
    ended = CliRunner().invoke(demo, ["--no-serve"])
    assert ended.exit_code == 1
    assert "refused: " in ended.stderr
    assert "labs" in ended.stderr
    assert not (tmp_path / "instance" / "demo-accounts.json").exists()


def stop() -> None:
    click.echo("came as far as this")
    sys.exit(1)


def test_what_was_kept_back_is_said_when_it_fails_and_only_then(capsys: pytest.CaptureFixture[str]) -> None:
    with demo_package._quiet_unless_it_fails():
        click.echo("all is well")
    assert capsys.readouterr() == ("", "")
    with pytest.raises(SystemExit), demo_package._quiet_unless_it_fails():
        stop()
    assert capsys.readouterr() == ("", "came as far as this\n")
