from pathlib import Path

import pytest
from packaging.version import Version

from lms_core.foundation.host.manifest_file import line_of, read_manifest

GOOD = """
id = "labs"
core = ">=1.0,<2"
title = {ko = "실습", en = "Labs"}
summary = {ko = "실습실을 연다.", en = "Opens lab rooms."}
hooks = ["lms_register_blueprints"]
permissions = ["labs.open_lab"]
hosts = ["learn.example.com", "*.labs.example:8443"]
tasks = ["labs.close_labs"]
settings = ["seats"]

[requires]
cert_prep = ">=0.1"

[[personal_data]]
table = "labs_booking"
purpose = {ko = "예약", en = "Booking"}
retention_days = 90
"""


def read(tmp_path: Path, source: str, name: str = "labs", version: str = "1.2"):
    file = tmp_path / "plugin.toml"
    file.write_text(source)
    return read_manifest(file, name, version)


def rules(findings) -> set[str]:
    return {finding.rule for finding in findings}


def test_a_full_manifest_is_read_as_it_stands(tmp_path):
    manifest, findings = read(tmp_path, GOOD)
    assert findings == ()
    assert manifest.version == Version("1.2")
    assert manifest.title.in_("ko") == "실습"
    assert "0.5" in manifest.requires["cert_prep"]
    assert manifest.personal_data[0].retention_days == 90
    assert manifest.table_prefix == "labs_"
    assert manifest.url_prefixes == ("/labs", "/api/v1/labs", "/static/labs")


def test_every_fault_is_told_at_once_with_its_line(tmp_path):
    source = """
id = "labs"
core = "newest"
titel = {ko = "실습", en = "Labs"}
summary = {ko = "", en = "Opens."}
permissions = ["people.delete_person", "labs.open_lab", "labs.open_lab"]
hooks = "lms_show_home"
hosts = ["https://learn.example.com/path"]
"""
    _, findings = read(tmp_path, source)
    by_rule = {(finding.rule, finding.line) for finding in findings}
    assert {
        ("range", 3),
        ("unknown-key", 4),
        ("missing-key", 0),
        ("empty", 5),
        ("value", 6),
        ("twice", 6),
        ("type", 7),
        ("value", 8),
    } <= by_rule
    assert next(finding for finding in findings if finding.rule == "unknown-key").suggestion == "title"


def test_one_name_for_entry_point_and_id(tmp_path):
    manifest, findings = read(tmp_path, GOOD, name="laps")
    assert manifest is None
    assert "one-name" in rules(findings)


@pytest.mark.parametrize("name", ["Labs", "labs-2", "labs__x", "_labs", "l" * 41, "1labs"])
def test_an_id_that_could_be_no_package_or_prefix_is_refused(tmp_path, name):
    _, findings = read(tmp_path, GOOD.replace('"labs"', f'"{name}"'), name=name)
    assert "id" in rules(findings)


def test_tables_with_personal_data_are_the_plugins_own(tmp_path):
    _, findings = read(tmp_path, GOOD.replace("labs_booking", "people_person"))
    assert [(finding.rule, finding.line) for finding in findings] == [("table-prefix", 16)]


def test_what_is_no_toml_is_said_with_its_line(tmp_path):
    manifest, findings = read(tmp_path, 'id = "labs"\ncore = \n')
    assert manifest is None
    assert [(finding.rule, finding.line) for finding in findings] == [("toml", 2)]


def test_a_missing_file_is_a_finding(tmp_path):
    manifest, findings = read_manifest(tmp_path / "plugin.toml", "labs", "1")
    assert manifest is None
    assert rules(findings) == {"unreadable"}


def test_bytes_that_are_no_text_are_a_finding(tmp_path):
    (tmp_path / "plugin.toml").write_bytes(b"id = \xff\xfe")
    assert rules(read_manifest(tmp_path / "plugin.toml", "labs", "1")[1]) == {"unreadable"}


def test_an_enormous_manifest_is_not_read(tmp_path):
    assert rules(read(tmp_path, "#" * 300_000)[1]) == {"unreadable"}


@pytest.mark.parametrize(
    ("key", "value", "rule"),
    [
        ("id", "7", "type"),
        ("title", '"Labs"', "type"),
        ("core", "true", "type"),
        ("requires", "[]", "type"),
        ("personal_data", '["labs_x"]', "type"),
        ("url_prefix", '"labs"', "value"),
        ("url_prefix", '"/labs/../people"', "value"),
        ("settings", '["Seats"]', "value"),
        ("tasks", '["people.erase"]', "value"),
        ("hooks", '["open_labs"]', "value"),
        ("hooks", "[1]", "value"),
    ],
)
def test_a_wrong_value_is_named_by_its_key(tmp_path, key, value, rule):
    lines = [line for line in GOOD.split("[requires]", 1)[0].splitlines() if not line.startswith(f"{key} ")]
    _, findings = read(tmp_path, "\n".join([*lines, f"{key} = {value}"]))
    assert rule in rules(findings)
    assert all(finding.plugin == "labs" and finding.file.endswith("plugin.toml") for finding in findings)


def test_a_version_that_is_none_is_a_finding(tmp_path):
    assert rules(read(tmp_path, GOOD, version="latest")[1]) == {"version"}


def test_a_plugin_cannot_require_itself(tmp_path):
    assert rules(read(tmp_path, GOOD.replace("cert_prep =", "labs ="))[1]) == {"requires-itself"}


def test_lines_are_found_in_tables_arrays_and_dotted_keys():
    source = 'a = 1\n[b]\nc = 2\n[[d]]\ne = 3\n"f" = 4\ng.h = 5'
    assert [line_of(source, path) for path in [("a",), ("b", "c"), ("d", "e"), ("d", "f"), ("d", "g", "h")]] == [
        1,
        3,
        5,
        6,
        7,
    ]
    assert line_of(source, ("b", "missing")) == 2
    assert line_of(source, ("missing",)) == 0
