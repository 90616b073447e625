import sys

from lms_core.foundation.host.discovery import add_overlay, discover


def test_plugins_are_found_by_name_and_nothing_is_imported(shelf):
    shelf.add("zoo_labs", plugin="raise SystemExit")
    shelf.add("aha_labs", plugin="raise SystemExit")
    found = discover(shelf.group)
    assert [each.id for each in found] == ["aha_labs", "zoo_labs"]
    assert all(each.manifest and not each.findings for each in found)
    assert not {"zoo_labs", "aha_labs"} & set(sys.modules)


def test_the_version_is_the_distributions(shelf):
    shelf.add("zoo_labs", version="3.1")
    assert str(discover(shelf.group)[0].manifest.version) == "3.1"


def test_a_plugin_without_a_manifest_is_found_and_told(shelf):
    (shelf.add("zoo_labs") / "plugin.toml").unlink()
    (found,) = discover(shelf.group)
    assert [finding.rule for finding in found.findings] == ["unreadable"]


def test_entry_point_and_package_bear_one_name(shelf):
    shelf.add("zoo_labs", package="others")
    (found,) = discover(shelf.group)
    assert [finding.rule for finding in found.findings] == ["one-name"]


def test_a_package_that_is_gone_is_told(shelf):
    home = shelf.add("zoo_labs")
    home.rename(home.with_name("elsewhere"))
    (found,) = discover(shelf.group)
    assert [finding.rule for finding in found.findings] == ["no-package"]


def test_two_distributions_of_one_plugin_are_told(shelf):
    shelf.add("zoo_labs")
    info = shelf.folder / "other-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[test.plugins]\nzoo_labs = zoo_labs.plugin\n")
    (found,) = discover(shelf.group)
    assert [finding.rule for finding in found.findings] == ["one-owner"]


def test_the_overlay_stands_last_and_only_once(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    add_overlay(tmp_path)
    add_overlay(tmp_path)
    assert sys.path[-1] == str(tmp_path)
    assert sys.path.count(str(tmp_path)) == 1
