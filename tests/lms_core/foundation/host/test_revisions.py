"""Whether a lineage's revisions are one line, told without running any of them."""

import pytest

from lms_core.foundation.host.lineage import Lineage, owner
from lms_core.foundation.host.revisions import check_revisions

PAGE = """
revision = {name}
down_revision = {before}
def upgrade(): raise SystemExit("nobody runs me")
def downgrade(): pass
"""


@pytest.fixture
def lineage(tmp_path):
    (tmp_path / "versions").mkdir()
    return Lineage("labs", tmp_path, "alembic_version_labs", owner("labs_"))


def write(lineage, file, name, before, page=PAGE):
    (lineage.versions / file).write_text(page.format(name=repr(name), before=repr(before)))


def rules(lineage):
    return sorted(fault.rule for fault in check_revisions(lineage))


def test_one_line_from_the_beginning_to_one_head_is_sound(lineage):
    write(lineage, "a.py", "0001", None)
    write(lineage, "b.py", "0002", "0001")
    assert rules(lineage) == []


def test_names_written_in_one_go_or_with_types_are_read_as_well(lineage):
    (lineage.versions / "a.py").write_text(
        "revision, down_revision = '0001', None\ndef upgrade(): pass\ndef downgrade(): pass"
    )
    write(lineage, "b.py", "0002", "0001", PAGE.replace("down_revision =", "down_revision: str | None ="))
    assert rules(lineage) == []


def test_a_lineage_without_revisions_has_nothing_to_blame(lineage):
    assert rules(lineage) == []


@pytest.mark.parametrize(
    ("files", "broken"),
    [
        ([("0001", None), ("0002", "0001"), ("0003", "0001")], ["revision-heads"]),
        ([("0001", None), ("0003", "0002")], ["revision-heads", "revision-missing"]),
        ([("0001", None), ("0001", None)], ["revision-twice", "revision-twice"]),
        ([("0001", "0002"), ("0002", "0001")], ["revision-heads"]),
        ([(None, None)], ["revision-heads", "revision-name"]),
    ],
)
def test_a_broken_line_is_told_by_rule(lineage, files, broken):
    for number, (name, before) in enumerate(files):
        write(lineage, f"{number}.py", name, before)
    assert rules(lineage) == broken


@pytest.mark.parametrize("step", ["upgrade", "downgrade"])
def test_a_missing_step_is_named_with_its_file(lineage, step):
    write(lineage, "a.py", "0001", None, PAGE.replace(f"def {step}", "def other"))
    (fault,) = check_revisions(lineage)
    assert (fault.rule, step in str(fault.message)) == ("revision-step", True)
    assert fault.file.endswith("a.py")


def test_a_file_that_is_no_python_is_named(lineage):
    (lineage.versions / "a.py").write_text("revision = (")
    assert rules(lineage) == ["revision-syntax"]
