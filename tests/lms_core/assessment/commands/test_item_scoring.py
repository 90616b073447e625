import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from lms_core.assessment.commands.item_scoring import item as command
from lms_core.assessment.domain.qti.document import SIZE_LIMIT
from lms_core.cli import lms
from tests.support.qti import SCORE, as_version_3, base, item, mapping, operator, processing, response, template

WATER = item(
    response(
        "identifier", "H", "O", cardinality="multiple", inside=mapping({"H": 1, "O": 1}, defaultValue=-2, lowerBound=0)
    )
    + SCORE,
    template("map_response"),
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="0">'
    '<simpleChoice identifier="H">Hydrogen</simpleChoice><simpleChoice identifier="O">Oxygen</simpleChoice>'
    '<simpleChoice identifier="C">Carbon</simpleChoice></choiceInteraction>',
)
COUNTED = item(
    response("identifier") + SCORE,
    processing(
        operator(
            "setOutcomeValue", operator("sum", '<variable identifier="SCORE"/>', base("float", 1)), identifier="SCORE"
        )
    ),
    adaptive=True,
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, ["score", *map(str, arguments)])


@pytest.fixture
def water(tmp_path: Path) -> Path:
    file = tmp_path / "water.xml"
    file.write_bytes(WATER)
    return file


def test_a_response_is_scored_without_a_site(water):
    result = run(water, "--response", '{"RESPONSE": ["H", "O"]}', "--json")
    assert result.exit_code == 0
    assert json.loads(result.output) == {
        "identifier": "item",
        "outcomes": {"SCORE": 2.0},
        "maximum": 2.0,
        "maximum_reason": None,
        "template": {},
        "completion_status": "unknown",
        "attempts": 1,
    }


def test_the_command_line_knows_the_command_where_no_site_was_made():
    assert lms.get_command(None, "item") is command  # type: ignore[arg-type]  # a group asks its context for nothing


@pytest.mark.parametrize("name", ["items/water.xml", "items/물.xml"])
def test_an_item_inside_a_package_is_scored(tmp_path, name):
    with ZipFile(tmp_path / "bank.zip", "w") as package:
        package.writestr(name, as_version_3(WATER))
    told = run(f"{tmp_path / 'bank.zip'}#{name}", "--response", '["H", "C"]', "--json")
    assert json.loads(told.output)["outcomes"] == {"SCORE": 0.0}


def test_a_name_with_a_number_sign_is_a_file_where_there_is_one(tmp_path):
    file = tmp_path / "a#b.xml"
    file.write_bytes(WATER)
    assert "SCORE = 1.0" in run(file, "--response", '"H"').output


@pytest.mark.parametrize(
    "given",
    [("--response", '{"RESPONSE": "A"}', "--response", '{"RESPONSE": "B"}'), ("--response", '[{"RESPONSE": "A"}, {}]')],
)
def test_several_responses_are_attempts(tmp_path, given):
    file = tmp_path / "counted.xml"
    file.write_bytes(COUNTED)
    told = json.loads(run(file, *given, "--json").output)
    assert (told["outcomes"], told["attempts"], told["maximum"]) == ({"SCORE": 2.0}, 2, None)
    assert "adaptive" in told["maximum_reason"]


def test_the_seed_decides_the_numbers_of_a_template(tmp_path):
    drawn = '<templateDeclaration identifier="X" cardinality="single" baseType="integer"/>'
    drawing = operator("setTemplateValue", '<randomInteger max="1000000"/>', identifier="X")
    rules = f"<templateProcessing>{drawing}</templateProcessing>"
    file = tmp_path / "drawn.xml"
    file.write_bytes(item(drawn, rules))
    told = [json.loads(run(file, "--response", "{}", "--seed", seed, "--json").output)["template"] for seed in "112"]
    assert told[0] == told[1] != told[2]
    assert f"X was drawn as {told[0]['X']}" in run(file, "--response", "{}", "--seed", "1").output


def test_what_is_refused_names_file_line_element_and_rule(tmp_path):
    file = tmp_path / "custom.xml"
    rules = operator("setOutcomeValue", '<customOperator class="org.example.X"/>', identifier="SCORE")
    file.write_bytes(item(SCORE, processing(rules)))
    refused = run(file, "--response", "{}", "--json")
    assert refused.exit_code == 2
    told = json.loads(refused.output)["refused"]
    assert {name: told[name] for name in ("code", "rule", "element", "line", "file")} == {
        "code": "qti-unsupported",
        "rule": "custom-operator",
        "element": "customOperator",
        "line": 4,
        "file": str(file),
    }
    assert f"{file}:4: customOperator: custom-operator: " in run(file, "--response", "{}").stderr


def test_a_file_is_measured_before_it_is_read(tmp_path):
    file = tmp_path / "huge.xml"
    with file.open("wb") as huge:
        huge.truncate(12 * SIZE_LIMIT)
    refused = run(file, "--response", "{}", "--json")
    assert json.loads(refused.output)["refused"]["rule"] == "file-too-large"


@pytest.mark.parametrize("written", ["{", "NaN", "[" * 100_000])
def test_a_response_that_is_no_json_is_refused(water, written):
    result = run(water, "--response", written)
    assert result.exit_code == 2
    assert "no JSON" in result.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path):
    for name in ("none.xml", "none.zip#a.xml"):
        result = run(tmp_path / name, "--response", "{}")
        assert result.exit_code == 2
        assert "no file" in result.stderr
