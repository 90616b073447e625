import os
import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from lms_core.cli.plugin import plugin as plugin_group
from lms_core.foundation.errors import Invalid
from lms_core.foundation.host.checking import check_plugin
from lms_core.foundation.host.checking.doors import check_doors
from lms_core.foundation.host.checking.speaking import check_languages
from lms_core.foundation.host.manifest_file import read_manifest
from lms_core.foundation.host.scaffolding import PARTS, FolderTaken, KitAbsent, make_plugin
from lms_core.foundation.host.shape import check_folder, check_shape
from lms_core.foundation.host.sources import as_installed

ROOMS = frozenset({"people", "catalog"})
ROOT = Path(__file__).parents[4]
PAIRS = random.Random(20261122).sample(list(combinations(PARTS, 2)), 8)
SUBSETS = [(), PARTS, *((part,) for part in PARTS), *PAIRS, tuple(part for part in PARTS if part != "page")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Path]:
    """A plugin of each subset, named by its number; the longest id there may be for the one with all parts."""
    where = tmp_path_factory.mktemp("plugins")
    names = {parts: f"tips{number}" for number, parts in enumerate(SUBSETS)} | {PARTS: "a" * 40}
    return {parts: make_plugin(name, where, ROOMS, parts=parts) for parts, name in names.items()}


@pytest.fixture(params=SUBSETS, ids=lambda parts: "+".join(parts) if len(parts) < 5 else f"{len(parts)} parts")
def home(request: pytest.FixtureRequest, made: dict[tuple[str, ...], Path]) -> Path:
    return made[request.param]


def test_it_has_the_shape_of_a_room_and_a_sound_manifest(home):
    package = home / home.name
    assert list(check_shape(home.name, package)) == []
    assert list(check_folder(home.name, home)) == []
    manifest, findings = read_manifest(package / "plugin.toml", home.name, "0.1.0")
    assert findings == ()
    assert list(check_doors(manifest, package, ROOMS, frozenset())) == []


def test_it_declares_the_hooks_that_it_answers_and_no_other(home):
    manifest, _ = read_manifest(home / home.name / "plugin.toml", home.name, "0.1.0")
    source = (home / home.name / "plugin.py").read_text()
    assert sorted(manifest.hooks) == sorted(
        line[4:].partition("(")[0] for line in source.split("\n") if line[:8] == "def lms_"
    )


def test_its_korean_is_whole(home):
    package = home / home.name
    if (package / "translations").exists():
        assert list(check_languages(home.name, package)) == []


def test_nothing_of_the_template_is_left(home):
    for path in home.rglob("*"):
        assert not path.name.endswith(".jinja")
        assert "[[" not in path.name
        if path.is_file():
            assert not [sign for sign in ("[%", "%]", "[[ ", " ]]") if sign in path.read_text(encoding="utf-8")]
    assert (home / ".gitignore").is_file()


def test_ruff_has_nothing_to_say_of_any(made):
    where = next(iter(made.values())).parent
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run([ruff(), *command, "--no-cache", where], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def ruff() -> str:
    return str(Path(sys.executable).parent / "ruff")


@pytest.mark.slow
def test_mypy_has_nothing_to_say_of_any(made, tmp_path):
    packages = [argument for home in made.values() for argument in ("-p", home.name)]
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports", "silent", "--cache-dir", str(tmp_path)]
    environment = os.environ | {"MYPYPATH": ":".join([str(ROOT), *map(str, made.values())])}
    done = subprocess.run(
        [*command, *packages], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("parts", [(), PARTS, ("task", "tests"), ("panel", "translations", "tests")], ids=len)
def test_it_passes_every_check_with_its_own_tests_at_once(tmp_path, parts):
    home = make_plugin("study_tips", tmp_path, ROOMS, parts=parts)
    core = plugin_group.context_settings["obj"]
    checks = list(check_plugin(core, home, tmp_path / "overlay"))
    assert {one.name: list(map(str, one.findings)) for one in checks if not one.passed} == {}
    assert ("tests" in parts) == (not {one.name: one.skipped for one in checks}["tests"])


@pytest.mark.parametrize("name", ["People", "study-tips", "people", "catalog_plus", "api", "", "../x", "a" * 41])
def test_a_name_no_plugin_can_have_is_refused(tmp_path, name):
    with pytest.raises(Invalid):
        make_plugin(name, tmp_path, ROOMS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("title", ['The "best" tips', "tips\\n", "tips\nand more"])
def test_a_title_that_would_break_what_it_is_written_into_is_refused(tmp_path, title):
    with pytest.raises(Invalid):
        make_plugin("study_tips", tmp_path, ROOMS, title)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_part_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(Invalid, match="activity-kind"):
        make_plugin("study_tips", tmp_path, ROOMS, parts=("pages",))


def test_what_is_there_already_is_left_alone(tmp_path):
    (tmp_path / "study_tips").mkdir()
    with pytest.raises(FolderTaken):
        make_plugin("study_tips", tmp_path, ROOMS)
    assert list((tmp_path / "study_tips").iterdir()) == []


def test_without_copier_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "copier", None)
    with pytest.raises(KitAbsent, match=r"pip install 'lms-core\[kit\]'"):
        make_plugin("study_tips", tmp_path, ROOMS)
    assert list(tmp_path.iterdir()) == []


def test_the_title_is_the_authors_or_made_of_the_id(tmp_path):
    own = make_plugin("study_tips", tmp_path, ROOMS, "공부 조언", parts=())
    plain = make_plugin("more_tips", tmp_path, ROOMS, parts=())
    assert 'ko = "공부 조언"' in (own / "study_tips" / "plugin.toml").read_text(encoding="utf-8")
    assert 'ko = "More tips"' in (plain / "more_tips" / "plugin.toml").read_text(encoding="utf-8")


def test_a_source_folder_says_of_itself_what_an_installation_would(tmp_path):
    home = make_plugin("study_tips", tmp_path, ROOMS, parts=())
    assert as_installed(home, tmp_path / "room") == "study_tips"
    points = tmp_path / "room" / "study_tips-0.1.0.dist-info" / "entry_points.txt"
    assert "study_tips = study_tips.plugin" in points.read_text()
