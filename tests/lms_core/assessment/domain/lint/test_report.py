from collections.abc import Iterator
from datetime import date

import pytest

from lms_core.assessment.domain.bank_file import ParsedBank, parse
from lms_core.assessment.domain.lint import LintReport, lint

HEADER = "---\nformat: lms-bank/1\nlicence: CC0-1.0\ndomain: d.1\nobjective: d.1.1\noriginality: ours\n---\n"
TODAY = date(2026, 11, 22)
SUBJECTS = [
    "network latency", "pricing calculators", "identity federation", "archive tiers", "vector indexes",
    "prompt templates", "budget alerts", "container images", "message queues", "audit trails",
    "data residency", "model drift", "token limits", "speech synthesis", "row filters",
    "load tests", "key rotation", "cold starts", "image tagging", "schema changes",
]  # fmt: skip


def item(name: str, stem: str, choices: list[str], key: int = 0, fields: str = "") -> str:
    marks = [
        f"- [{'x' if number == key else ' '}] {words}\n  > Because of {words}." for number, words in enumerate(choices)
    ]
    reference = "reference: https://example.org | Page | checked 2026-11-01\ndifficulty: easy\n"
    return f"\n# {name}\n{fields or reference}\n## en\n\n{stem}\n\n" + "\n".join(marks) + "\n"


def bank(*items: str, file: str = "a.bank.md") -> ParsedBank:
    return parse(HEADER + "".join(items), file)


def report(*items: str, objectives: tuple[str, ...] = ()) -> LintReport:
    return lint([bank(*items)], TODAY, objectives)


def rules(looked_over: LintReport) -> set[str]:
    return {finding.rule for finding in looked_over.findings}


def many(keys: Iterator[int], longest: bool = False) -> list[str]:
    return [
        item(
            f"i{number}",
            f"What about {subject}?",
            [f"{subject} {'!' * (9 if longest and place == key else place % 2)}{place}" for place in range(4)],
            key,
        )
        for number, (subject, key) in enumerate(zip(SUBJECTS, keys, strict=True))
    ]


def test_a_good_bank_has_no_findings() -> None:
    looked_over = report(*many(number % 4 for number in range(20)))
    assert looked_over.findings == ()
    assert looked_over.key_positions == {"A": 5, "B": 5, "C": 5, "D": 5}
    assert (looked_over.items, looked_over.by_domain, looked_over.by_objective) == (20, {"d.1": 20}, {"d.1.1": 20})


def test_keys_that_stand_in_one_place_are_told() -> None:
    assert rules(report(*many(1 for _ in range(20)))) == {"key-balance"}


def test_keys_that_are_the_longest_are_told() -> None:
    assert rules(report(*many((number % 4 for number in range(20)), longest=True))) == {"length-cue"}


def test_near_duplicates_are_told_at_the_later_item_and_across_files() -> None:
    stem = (
        "A team uploads code and leaves the rest to the provider. Which {} model of the cloud is that, and why is it?"
    )
    first = bank(item("one", stem.format("service"), ["a", "b"]))
    second = bank(item("two", stem.format("serving"), ["c", "d"]), file="b.bank.md")
    (finding,) = lint([first, second], TODAY).findings
    assert (finding.rule, finding.file, finding.item) == ("near-duplicate", "b.bank.md", "two")


def test_the_same_item_under_another_name_is_an_error() -> None:
    looked_over = report(item("one", "Which?", ["a", "b"]), item("two", "Which?", ["b", "a"], key=1))
    assert "same-item" in rules(looked_over)
    assert not looked_over.is_sound


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("difficulty: easy\n", "no-reference"),
        ("reference: https://example.org | Page | checked 2026-11-01\n", "no-difficulty"),
        ("difficulty: easy\nreference: https://example.org | Page\n", "undated-reference"),
        ("difficulty: easy\nreference: https://example.org | P | checked 2025-01-01\n", "stale-reference"),
        (
            "difficulty: easy\nreference: https://example.org | P | checked 2026-11-01 | expires 2026-11-21\n",
            "expired-reference",
        ),
    ],
)
def test_missing_and_old_parts_are_told(fields: str, rule: str) -> None:
    assert rules(report(item("one", "Which?", ["a", "b"], fields=fields))) == {rule}


def test_all_of_the_above_must_be_pinned() -> None:
    assert rules(report(item("one", "Which?", ["a", "All of the above"]))) == {"unpinned"}


def test_languages_must_name_the_same_numbers_and_code() -> None:
    both = (
        item("one", "Is 3 in `a`?", ["1", "2"])
        + "\n## ko\n\n`b`에 4가 있나요?\n\n- [x] 1\n  > 예\n- [ ] 2\n  > 아니요\n"
    )
    assert rules(report(both)) == {"numbers-differ", "code-differs"}


def test_an_item_without_a_language_of_the_bank_is_told() -> None:
    korean = item("two", "무엇인가요?", ["가", "나"]).replace("## en", "## ko")
    assert rules(report(item("one", "Which?", ["a", "b"]), korean)) == {"missing-language"}


def test_objectives_without_items_are_told() -> None:
    looked_over = report(item("one", "Which?", ["a", "b"]), objectives=("d.1.1", "d.1.2"))
    assert [str(finding.text) for finding in looked_over.findings] == ["No item covers “d.1.2”."]
