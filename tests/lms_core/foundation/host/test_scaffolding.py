import compileall
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from lms_core.foundation.errors import Invalid
from lms_core.foundation.host.manifest_file import read_manifest
from lms_core.foundation.host.scaffolding import FolderTaken, make_plugin
from lms_core.foundation.host.shape import check_folder, check_shape
from lms_core.foundation.host.sources import as_installed

ROOMS = frozenset({"people", "catalog"})
ROOT = Path(__file__).parents[4]


def test_a_new_plugin_has_the_shape_of_a_room_and_a_sound_manifest(tmp_path):
    home = make_plugin("study_tips", tmp_path, ROOMS, "Study tips")
    assert home == tmp_path / "study_tips"
    assert list(check_shape("study_tips", home / "study_tips")) == []
    assert list(check_folder("study_tips", home)) == []
    manifest, findings = read_manifest(home / "study_tips" / "plugin.toml", "study_tips", "0.1.0")
    assert findings == ()
    assert manifest.title.en == "Study tips"
    assert compileall.compile_dir(home, quiet=1)


def test_no_placeholder_is_left_and_every_file_is_for_this_plugin(tmp_path):
    home = make_plugin("study_tips", tmp_path, ROOMS)
    for path in home.rglob("*"):
        assert "__id__" not in path.name
        assert not path.name.endswith(".tmpl")
        if path.is_file():
            assert "%%" not in path.read_text(encoding="utf-8")
    assert (home / ".gitignore").is_file()
    assert tomllib.loads((home / "pyproject.toml").read_text())["build-system"]


@pytest.mark.parametrize("name", ["People", "study-tips", "people", "catalog_plus", "api", "", "../x", "a" * 41])
def test_a_name_no_plugin_can_have_is_refused(tmp_path, name):
    with pytest.raises(Invalid):
        make_plugin(name, tmp_path, ROOMS)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_already_is_left_alone(tmp_path):
    (tmp_path / "study_tips").mkdir()
    with pytest.raises(FolderTaken):
        make_plugin("study_tips", tmp_path, ROOMS)
    assert list((tmp_path / "study_tips").iterdir()) == []


def test_a_source_folder_says_of_itself_what_an_installation_would(tmp_path):
    home = make_plugin("study_tips", tmp_path, ROOMS)
    assert as_installed(home, tmp_path / "room") == "study_tips"
    points = tmp_path / "room" / "study_tips-0.1.0.dist-info" / "entry_points.txt"
    assert "study_tips = study_tips.plugin" in points.read_text()


@pytest.mark.slow
def test_the_tests_of_a_new_plugin_pass_at_once(tmp_path):
    home = make_plugin("study_tips", tmp_path, ROOMS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=home, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
