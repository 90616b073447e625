from lms_core.foundation.host.shape import check_folder, check_shape


def rules(findings) -> list[tuple[str, str]]:
    return [(finding.file.rpartition("/")[2], finding.rule) for finding in findings]


def test_the_shape_of_a_room_passes(tmp_path):
    for name in ("__init__.py", "plugin.py", "domain.py", "plugin.toml", "py.typed"):
        (tmp_path / name).touch()
    for name in ("templates/labs", "static/labs", "migrations/versions", "service", "translations"):
        (tmp_path / name).mkdir(parents=True)
    assert list(check_shape("labs", tmp_path)) == []


def test_what_has_no_place_in_a_room_is_named_with_what_was_meant(tmp_path):
    (tmp_path / "utils.py").touch()
    (tmp_path / "repositry.py").touch()
    (tmp_path / "helpers").mkdir()
    findings = list(check_shape("labs", tmp_path))
    assert rules(findings) == [("helpers", "shape"), ("repositry.py", "shape"), ("utils.py", "shape")]
    assert findings[1].suggestion == "repository"


def test_templates_stand_under_the_plugins_own_name(tmp_path):
    (tmp_path / "templates" / "layout").mkdir(parents=True)
    assert rules(check_shape("labs", tmp_path)) == [("layout", "shape")]


def test_a_file_that_grew_too_long_becomes_a_package(tmp_path):
    (tmp_path / "service.py").write_text("x = 1\n" * 301)
    assert rules(check_shape("labs", tmp_path)) == [("service.py", "length")]


def test_a_folder_without_tests_or_readme_is_told(tmp_path):
    assert ("README.md", "shape") in rules(check_folder("labs", tmp_path))
