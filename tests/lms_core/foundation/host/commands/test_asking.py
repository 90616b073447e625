"""`lms plugin new` at a terminal, answered by a person in Korean and in English."""

import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.terminal import ENTER, ERASE, SPACE, STOP, Terminal, at_terminal

ROOT = Path(__file__).parents[5]
LMS = "import sys; from lms_core.cli import main; sys.exit(main())"
NAMED, PARTS = "사람들이 부를 이름 / What people will call it", "처음부터 넣을 것 / What it starts with"
pytestmark = pytest.mark.slow


@pytest.fixture
def asked(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """The command, at its first question, in the locale of the test's parameter."""
    locale = getattr(request, "param", "en_US.UTF-8")
    told = {"PYTHONPATH": str(ROOT), "LMS_INSTANCE_PATH": str(tmp_path / "instance"), "LANG": locale, "LC_ALL": locale}
    command = [sys.executable, "-c", LMS, "plugin", "new", "study_tips"]
    with at_terminal(command, tmp_path, os.environ | told) as terminal:
        terminal.until(NAMED)
        yield terminal


@pytest.mark.parametrize(
    ("asked", "title"), [("ko_KR.UTF-8", "공부 비법"), ("en_US.UTF-8", "Tips for tests")], indirect=["asked"]
)
def test_what_is_typed_becomes_the_title_and_what_is_chosen_its_parts(
    asked: Terminal, tmp_path: Path, title: str
) -> None:
    asked.press(title, ENTER)
    asked.until(PARTS)
    asked.press("a", SPACE, ENTER)
    asked.until("lms plugin install . --enable")
    assert asked.ended() == 0
    home = tmp_path / "study_tips"
    assert tomllib.loads((home / "study_tips" / "plugin.toml").read_text())["title"] == {"ko": title, "en": title}
    assert (home / "study_tips" / "pages.py").is_file()
    assert not (home / "tests").exists()


def test_enter_alone_takes_the_name_that_is_shown_and_every_part(asked: Terminal, tmp_path: Path) -> None:
    asked.until("Study tips")
    asked.press(ENTER)
    asked.until(PARTS)
    asked.press(ENTER)
    assert asked.ended() == 0
    home = tmp_path / "study_tips"
    assert tomllib.loads((home / "study_tips" / "plugin.toml").read_text())["title"]["en"] == "Study tips"
    assert (home / "tests" / "test_panel.py").is_file()


def test_a_title_that_would_break_the_manifest_is_asked_for_again(asked: Terminal, tmp_path: Path) -> None:
    asked.press('비법"', ENTER)
    asked.until("따옴표·\\ 불가 / no quotes or \\")
    asked.press(ERASE, ENTER)
    asked.until(PARTS)
    asked.press(ENTER)
    assert asked.ended() == 0
    manifest = (tmp_path / "study_tips" / "study_tips" / "plugin.toml").read_text()
    assert tomllib.loads(manifest)["title"]["ko"] == "비법"


def test_whoever_stops_is_told_so_and_nothing_is_left(asked: Terminal, tmp_path: Path) -> None:
    asked.press("비법", STOP)
    asked.until("Stopped.")
    assert asked.ended() == 130
    assert not (tmp_path / "study_tips").exists()
