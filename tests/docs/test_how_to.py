"""Every step of every how-to is done as it is written, in a folder of its own.

A block with a path is written to that file (``append`` adds to it), ``sh`` is run, and ``text`` has to stand in what
the commands before it said; … stands for anything.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"
BLOCK = re.compile(
    r"^```(?P<language>\w+)(?: (?P<path>\S+))?(?P<append> append)?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
# What is done in a browser alone has no blocks: the browser tests do it.
PAGES = sorted(page for page in HOW_TO.glob("*.md") if BLOCK.search(page.read_text()))


@dataclass
class Reader:
    """Somebody who does what a page says: remembers the folder they stand in, and what was last said."""

    here: Path
    environment: dict[str, str]
    said: str = field(default="")

    def do(self, block: "re.Match[str]") -> None:
        """One block of the page."""
        if block["path"]:
            self.write(self.here / block["path"], block["body"], more=bool(block["append"]))
        elif block["language"] == "sh":
            self.run(block["body"])
        else:
            assert block["language"] == "text", f"nobody can do this: {block[0]}"
            self.compare(block["body"])

    def write(self, path: Path, body: str, *, more: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((path.read_text() if more else "") + body)

    def run(self, commands: str) -> None:
        script = f"set -e\n{commands}\npwd > '{self.environment['HOME']}/here'\n"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.here, env=self.environment, capture_output=True, text=True, check=False
        )
        self.said = done.stdout + done.stderr
        assert done.returncode == 0, f"{commands}\n{self.said}"
        self.here = Path(Path(self.environment["HOME"], "here").read_text().strip())

    def compare(self, expected: str) -> None:
        for line in filter(None, map(str.strip, expected.splitlines())):
            pattern = ".*".join(map(re.escape, line.split("…")))
            assert re.search(pattern, self.said), f"{line!r} is not in:\n{self.said}"


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    (tmp_path / "work").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LMS_", "PYTEST", "COV"))}
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    own = {"HOME": str(tmp_path), "PATH": path, "LMS_INSTANCE_PATH": str(tmp_path / "instance")}
    return Reader(tmp_path / "work", kept | own)


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_step_works_as_it_is_written(page, reader):
    blocks = list(BLOCK.finditer(page.read_text(encoding="utf-8")))
    assert blocks
    for block in blocks:
        reader.do(block)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_block_is_passed_over(page):
    source = page.read_text(encoding="utf-8")
    assert len(BLOCK.findall(source)) * 2 == len(re.findall(r"^```", source, re.MULTILINE))
    assert all(block["path"] or block["language"] in {"sh", "text"} for block in BLOCK.finditer(source))


@pytest.mark.parametrize("page", [*PAGES, *sorted((ROOT / "docs").glob("[rt]*/*.md"))], ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page):
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_korean_page_takes_the_same_steps():
    english, korean = (
        (HOW_TO / name).read_text(encoding="utf-8") for name in ("first-plugin.md", "first-plugin.ko.md")
    )
    steps = [[(one["language"], one["path"]) for one in BLOCK.finditer(page)] for page in (english, korean)]
    assert steps[0] == steps[1]
