import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lms_core.assessment.commands.banks import bank, import_items
from lms_core.assessment.commands.exports import export_items
from lms_core.assessment.service import BankService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.errors import LmsError
from tests.support.banks.files import SAMPLE

BANKS = Path(__file__).parents[3] / "plugins"
OPTIONS = [
    "--bank",
    "azure-ko",
    "--licence",
    "CC-BY-4.0",
    "--attribution",
    "Us, CC BY 4.0",
    "--source",
    "https://example.org",
]


@pytest.fixture
def run(embedded_site):
    def run(*arguments: str, command=import_items) -> Result:
        with embedded_site.app.app_context():
            return CliRunner().invoke(command, list(arguments))

    return run


def imported(run, *arguments: str) -> dict:
    result = run(str(SAMPLE["gift"]), *OPTIONS, "--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_a_dry_run_counts_and_keeps_nothing(run, embedded_site):
    told = imported(run)
    assert {name: told[name] for name in ("read", "created", "unchanged", "updated", "rejected", "import_id")} == {
        "read": 24,
        "created": 24,
        "unchanged": 0,
        "updated": 0,
        "rejected": [],
        "import_id": None,
    }
    assert embedded_site.provide(BankService).by_slug(SYSTEM, "azure-ko") is None


def test_committing_twice_adds_nothing_and_undoing_takes_all_back(run, embedded_site):
    first, second = imported(run, "--commit"), imported(run, "--commit")
    assert (first["created"], second["created"], second["unchanged"]) == (24, 0, 24)

    undone = run("--undo", first["import_id"], "--json")

    assert json.loads(undone.output) == {"import_id": first["import_id"], "undone": True}
    opened = embedded_site.provide(BankService).by_slug(SYSTEM, "azure-ko")
    assert embedded_site.provide(BankService).get(SYSTEM, opened.id).total == 0


def test_a_rejected_item_is_told_with_line_rule_and_reason(run, tmp_path):
    file = tmp_path / "a.gift"
    file.write_text("::a:: Which one? {=x ~y}\n\n::b:: Which two? {~x ~x}\n", "utf-8")
    told = json.loads(run(str(file), *OPTIONS, "--commit", "--json").output)
    assert (told["read"], told["created"], len(told["rejected"])) == (2, 1, 1)
    (refused,) = told["rejected"]
    assert (refused["line"], refused["identifier"]) == (3, "b")
    assert {problem["rule"] for problem in refused["problems"]} == {"no-key", "equal-choices"}


def test_for_people_the_report_is_told_in_lines(run):
    said = run(str(SAMPLE["csv"]), *OPTIONS).output
    assert "24 read, 24 new, 0 unchanged, 0 updated, 0 rejected" in said
    assert "dry run" in said


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--bank", "x"], "missing-licence"),
        (["--bank", "x", "--licence", "GPL-3.0"], "unknown-licence"),
        (["--bank", "x", "--licence", "CC-BY-4.0"], "missing-attribution"),
        (["--bank", "X Y", "--licence", "CC0-1.0"], "invalid"),
        (["--bank", "x", "--licence", "CC0-1.0", "--format", "csv"], "broken-file"),
    ],
)
def test_a_refusal_is_json_as_well_and_ends_with_2(run, options, code):
    result = run(str(SAMPLE["gift"]), *options, "--commit", "--json")
    assert result.exit_code == 2
    assert json.loads(result.output)["refused"]["code"] == code


def test_without_json_a_refusal_is_left_to_the_console_script(run):
    assert isinstance(run(str(SAMPLE["gift"]), "--bank", "x").exception, LmsError)


def test_a_file_without_a_bank_is_a_mistake_of_use(run):
    assert run(str(SAMPLE["gift"])).exit_code == 2


@pytest.mark.parametrize(
    ("folder", "items"),
    [("microsoft_certs/microsoft_certs/data/banks", 53), ("google_certs/google_certs/data/banks", 40)],
)
def test_the_banks_that_ship_are_sound_in_both_languages(folder, items, run):
    told = json.loads(run("lint", str(BANKS / folder), "--json", command=bank).output)
    assert told["sound"]
    assert told["items"] == items
    assert told["by_language"] == {"ko": items, "en": items}


def test_lint_names_file_line_and_rule_and_ends_with_1(run, tmp_path):
    (tmp_path / "a.bank.md").write_text(
        "---\nformat: lms-bank/1\nlicence: CC0-1.0\n---\n\n# a\n\n## en\n\nWhich?\n", "utf-8"
    )
    result = run("lint", str(tmp_path), command=bank)
    assert result.exit_code == 1
    assert f"{tmp_path}/a.bank.md:6: error too-few-choices" in result.output
    assert "1 files, 0 items" in result.output


def test_a_bank_is_written_into_a_file_with_its_losses_told(run, tmp_path):
    run(str(SAMPLE["gift"]), *OPTIONS, "--commit")
    file = tmp_path / "out.qti.zip"
    arguments = ("azure-ko", "--format", "qti-3.0", "--output", str(file), "--all")

    told = run(*arguments, command=export_items)
    answered = json.loads(run(*arguments, "--json", command=export_items).stdout)

    assert "24 of 24 items written" in told.output
    assert (answered["items"], answered["written"], answered["output"]) == (24, 24, str(file))
    assert file.read_bytes().startswith(b"PK")
    assert not list(tmp_path.glob("*.part"))


def test_an_export_of_a_bank_that_is_not_there_leaves_no_file(run, tmp_path):
    file = tmp_path / "out.gift"

    refused = run("nowhere", "--format", "gift", "--output", str(file), "--json", command=export_items)

    assert refused.exit_code == 2
    assert json.loads(refused.stdout)["refused"]["code"] == "bank-not-found"
    assert not file.exists()
