import re
from pathlib import Path

import pytest

from lms_core.assessment.domain.bank_file import ParsedBank, parse, parse_bytes, write
from lms_core.assessment.domain.items import INTERACTIONS, choices_of
from lms_core.hooks.items import GroupInteraction

DOCS = Path(__file__).parents[5] / "docs/reference/bank-format.md"
HEADER = "---\nformat: lms-bank/1\nlicence: CC0-1.0\nobjective: o\ndomain: d\n---\n"


def parsed(items: str) -> ParsedBank:
    return parse(HEADER + items, "a.bank.md")


def rules(items: str) -> list[tuple[str, int]]:
    return [(finding.rule, finding.line) for finding in parsed(items).findings]


def section(language: str = "en", *lines: str) -> str:
    return f"\n## {language}\n\nWhich?\n\n" + "\n".join(lines) + "\n"


def examples() -> list[str]:
    return re.findall(r"```markdown\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


def test_every_example_of_the_format_page_is_sound_and_shows_every_type() -> None:
    first, *others = examples()
    banks = [parse(first, "docs"), *(parsed(example) for example in others)]

    assert [str(finding) for bank in banks for finding in bank.findings] == []
    shown = {content.type for bank in banks for content in bank.bank.items}
    assert shown | {"multiple-response", "problem-solution"} == set(INTERACTIONS)
    for bank in banks:
        assert parse(write(bank.bank), "again").bank == bank.bank


def test_every_rule_of_the_page_is_a_rule_of_the_code_and_the_other_way_round() -> None:
    table = DOCS.read_text("utf-8").partition("| Rule |")[2].splitlines()
    named = {rule for row in table for rule in re.findall(r"`([a-z-]+)`", row.partition("|")[2].partition("|")[0])}
    source = Path("lms_core/assessment/domain")
    folders = [source / "bank_file", source / "lint"]
    files = [file for folder in folders for file in folder.glob("*.py")]
    files += [source / name for name in ("checks.py", "interaction_checks.py", "dirt.py")]
    told = {
        rule
        for file in files
        for rule in re.findall(r'(?:Problem|warning|_differs)\(\s*"([a-z-]+)"', file.read_text("utf-8"))
    }

    assert told - named == {"all-of-the-above"}
    assert named - told == set()


def test_all_findings_of_a_file_come_at_once_with_their_lines() -> None:
    found = rules(
        "\n# a\ntype: chioce\n"
        + section("en", "- [x] a", "- [ ] b")
        + "\n# b\ndificulty: easy\n"
        + section("en", "- [ ] a", "- [ ] a")
        + "\n# b\n"
        + section("en", "- [x] a", "- [ ] b")
    )

    assert found == [
        ("unknown-type", 9),
        ("equal-choices", 18),
        ("no-key", 18),
        ("unknown-field", 19),
        ("identifier-twice", 28),
    ]


def test_a_misspelt_field_is_answered_with_the_near_one() -> None:
    (finding,) = parsed("\n# b\ndificulty: easy\n" + section("en", "- [x] a", "- [ ] b")).findings
    assert finding.text.values["near"] == "difficulty"


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        (("- [x] a", "- [ ] b", "- [ ] c"), "choices-differ"),
        (("- [ ] a", "- [x] b"), "marks-differ"),
        (("- [x] a", "- [ ] b {pinned}"), "marks-differ"),
    ],
)
def test_languages_that_differ_are_refused(other: tuple[str, ...], rule: str) -> None:
    bank = parsed("\n# a\n" + section("ko", "- [x] 가", "- [ ] 나") + section("en", *other))
    assert {finding.rule for finding in bank.findings} == {rule}
    assert bank.bank.items == ()


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("stray", "stray-line"),
        ("- [y] odd", "unreadable-mark"),
        ("## Heading", "unknown-section"),
        ("```", "unclosed-fence"),
    ],
)
def test_a_line_that_belongs_nowhere_is_told_with_its_number(line: str, rule: str) -> None:
    assert (rule, 16) in rules("\n# a\n" + section("en", "- [x] a", "- [ ] b", line))


def test_code_fences_protect_what_looks_like_structure() -> None:
    body = "\n# a\n\n## en\n\nWhat prints?\n\n```python\n# comment\n## en\n- [x] no\n```\n\n- [x] a\n- [ ] b\n"
    (content,) = parsed(body).bank.items
    assert content.stem["en"].endswith("```python\n# comment\n## en\n- [x] no\n```")
    assert len(choices_of(content)) == 2


def test_a_choice_may_hold_several_paragraphs_and_code() -> None:
    body = "\n# a\n\n## en\n\nWhich?\n\n- [x] First\n\n  ```\n  code\n  ```\n  > Because\n  >\n  > of this.\n- [ ] b\n"
    (content,) = parsed(body).bank.items
    assert choices_of(content)[0].text["en"] == "First\n\n```\ncode\n```"
    assert choices_of(content)[0].feedback["en"] == "Because\n\nof this."


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    written = HEADER + "\n# a\n" + section("en", "- [x] a", "- [ ] b")
    windows = b"\xef\xbb\xbf" + written.replace("\n", "\r\n").encode()
    assert parse_bytes(windows, "a").bank == parse(written, "a").bank


def test_a_file_that_is_no_utf_8_is_one_finding_with_its_line() -> None:
    bank = parse_bytes(HEADER.encode() + "한글".encode("euc-kr"), "a")
    assert [(finding.rule, finding.line) for finding in bank.findings] == [("wrong-encoding", 7)]


def test_questions_are_gathered_under_their_case() -> None:
    case = next(example for example in examples() if "# case-01" in example)
    (content,) = parsed(case).bank.items
    assert isinstance(content.interaction, GroupInteraction)
    assert [item.identifier for item in content.interaction.items] == ["case-01/q1"]


def test_a_question_of_no_case_is_told() -> None:
    assert ("unknown-case", 8) in rules("\n# a\ncase: nowhere\n" + section("en", "- [x] a", "- [ ] b"))
