import textwrap
from importlib import metadata
from pathlib import Path

import pytest

from lms_core.foundation.host import installing, resolving
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.findings import PluginRefused
from lms_core.foundation.host.installing import Installer
from tests.support.wheels import MANIFEST, make_wheel


@pytest.fixture
def installer(overlay, make_manifest, monkeypatch) -> Installer:
    held = {"flask": metadata.version("flask"), "click": metadata.version("click")}
    monkeypatch.setattr(installing, "closure", lambda: held)
    return Installer(overlay, {"cert_prep": make_manifest("cert_prep")}, frozenset({"people"}))


def install(installer: Installer, source: Path) -> None:
    with installer.prepared(str(source)) as prepared:
        installer.place(prepared)


def rules(installer: Installer, source: Path) -> set[str]:
    before = sorted(installer.overlay.folder.rglob("*"))
    with pytest.raises(PluginRefused) as refused:
        install(installer, source)
    assert sorted(installer.overlay.folder.rglob("*")) == before
    return {finding.rule for finding in refused.value.findings}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A plugin's source folder, with the leftovers of an earlier build."""
    home = tmp_path / "source_labs"
    (home / "labs").mkdir(parents=True)
    (home / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    )
    (home / "setup.cfg").write_text(
        textwrap.dedent("""
            [metadata]
            name = labs
            version = 1.5
            [options]
            packages = find:
            [options.package_data]
            * = plugin.toml
            [options.entry_points]
            lms.plugins =
                labs = labs.plugin
        """)
    )
    (home / "labs" / "__init__.py").write_text("")
    (home / "labs" / "plugin.py").write_text("")
    (home / "labs" / "plugin.toml").write_text(MANIFEST.format(id="labs", more=""))
    (home / "build" / "lib" / "labs").mkdir(parents=True)
    (home / "build" / "lib" / "labs" / "deleted.py").write_text("")
    return home


def test_a_wheel_is_installed_and_found(installer, tmp_path):
    path = make_wheel(tmp_path, requires=["flask>=3"])
    install(installer, path)
    (found,) = [each for each in discover() if each.id == "labs"]
    assert found.folder == installer.overlay.folder / "labs"
    assert found.findings == ()


def test_a_folder_is_built_without_what_earlier_builds_left(installer, folder):
    install(installer, folder)
    placed = installer.overlay.folder / "labs"
    assert sorted(path.name for path in placed.iterdir()) == ["__init__.py", "plugin.py", "plugin.toml"]
    assert installer.overlay.entries()["labs"].wheel.version == "1.5"
    assert not list(folder.glob("*.egg-info"))


def test_a_folder_that_cannot_be_built_says_why(installer, folder):
    (folder / "setup.cfg").write_text("[metadata]\nname = labs\nversion = not a version\n")
    assert rules(installer, folder) == {"build"}


def test_what_would_change_the_core_is_refused(installer, tmp_path):
    assert rules(installer, make_wheel(tmp_path, requires=["flask<1"])) == {"core-change"}


def test_what_could_not_run_here_is_refused_before_anything_is_placed(installer, tmp_path):
    needy = make_wheel(tmp_path / "a", manifest='requires = {cert_perp = ">=1"}')
    assert rules(installer, needy) == {"missing-requirement"}
    modern = make_wheel(
        tmp_path / "b", files={"labs/plugin.toml": MANIFEST.format(id="labs", more="").replace(">=1.0,<2", ">=7")}
    )
    assert rules(installer, modern) == {"core-version"}
    greedy = make_wheel(tmp_path / "c", manifest='url_prefix = "/people"')
    assert rules(installer, greedy) == {"url-prefix"}
    under = make_wheel(tmp_path / "d", "people_spy")
    assert rules(installer, under) == {"table-prefix"}


def test_a_plugin_that_stands_elsewhere_already_is_not_installed_beside(installer, tmp_path):
    assert rules(installer, make_wheel(tmp_path, "click", "0.1")) >= {"installed-elsewhere"}


def test_what_is_needed_comes_along_by_hash_and_goes_with_it(installer, tmp_path, monkeypatch):
    house = tmp_path / "index"
    make_wheel(house, "labtool", "2.0", entry_points="\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(house))
    install(installer, make_wheel(tmp_path, requires=["labtool>=2"]))
    entry = installer.overlay.entries()["labs"]
    assert [(each.distribution, each.version) for each in entry.needed] == [("labtool", "2.0")]
    assert (installer.overlay.folder / "labtool").is_dir()
    assert resolving.unmet is not None
    assert installer.overlay.remove("labs")
    assert not (installer.overlay.folder / "labtool").exists()


def test_what_is_needed_may_not_bring_names_of_others(installer, tmp_path, monkeypatch):
    house = tmp_path / "index"
    make_wheel(house, "labtool", "2.0", files={"click/__init__.py": "evil = 1"}, entry_points="\n")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(house))
    assert rules(installer, make_wheel(tmp_path, requires=["labtool>=2"])) == {"clash"}


def test_what_cannot_be_had_is_said(installer, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert rules(installer, make_wheel(tmp_path, requires=["labtool>=2"])) == {"resolver"}


def test_a_name_is_fetched_from_the_index(installer, tmp_path, monkeypatch):
    house = tmp_path / "index"
    make_wheel(house, "labs", "3.0")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(house))
    monkeypatch.chdir(tmp_path)
    install(installer, Path("labs"))
    assert installer.overlay.entries()["labs"].wheel.version == "3.0"


def test_a_name_nobody_knows_says_so(installer, tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert rules(installer, Path("no-such-plugin")) == {"fetch"}
