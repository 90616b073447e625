import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from lms_core.foundation.host.annotations import narrower, shown
from lms_core.foundation.host.strictness import check_hooks
from lms_core.hooks import hookimpl


@dataclass(frozen=True)
class Refusal:
    code: str


def lms_review_enrolment(actor: str, course: str) -> Refusal | None: ...
def lms_register_kinds() -> Sequence[str]: ...
def lms_choose_fee(course: str) -> int | None: ...


SPECIFICATIONS = {
    function.__name__: function for function in (lms_review_enrolment, lms_register_kinds, lms_choose_fee)
}
HEAD = "from collections.abc import Generator\nfrom typing import Any\nfrom lms_core.hooks import hookimpl\n"


@pytest.fixture
def findings(make_manifest, tmp_path):
    def check(source: str, *hooks: str):
        file = tmp_path / "plugin.py"
        file.write_text(HEAD + source)
        module = ModuleType("labs.plugin")
        vars(module).update({"Refusal": Refusal, "Sequence": Sequence, "__file__": str(file)})
        exec(compile(HEAD + source, str(file), "exec"), vars(module))
        return check_hooks(make_manifest("labs", hooks=hooks), module, SPECIFICATIONS)

    return check


GOOD = "@hookimpl\ndef lms_review_enrolment(actor: str) -> Refusal | None: ...\n"


def test_a_sound_plugin_has_no_findings(findings):
    assert findings(GOOD, "lms_review_enrolment") == ()


@pytest.mark.parametrize(
    ("source", "rule", "suggestion"),
    [
        ("lms_review_enrolment = print", "no-function", ""),
        ("@hookimpl\ndef lms_reveiw_enrolment(actor: str) -> None: ...", "unknown-hook", "lms_review_enrolment"),
        ("def lms_review_enrolment(actor: str) -> None: ...", "no-hookimpl", ""),
        ("@hookimpl\ndef lms_review_enrolment(actr: str) -> None: ...", "unknown-argument", "actor"),
        ("@hookimpl\ndef lms_review_enrolment(actor: str) -> None:\n    print(course)", "missing-argument", "course"),
        (
            "@hookimpl\ndef lms_review_enrolment() -> None:\n    print([course for _ in ()])",
            "missing-argument",
            "course",
        ),
        ("@hookimpl\ndef lms_review_enrolment(actor: str = 'x') -> None: ...", "defaulted-argument", ""),
        ("@hookimpl\ndef lms_review_enrolment(*, actor: str) -> None: ...", "argument-kind", ""),
        ("@hookimpl\ndef lms_review_enrolment(*rest: str) -> None: ...", "catch-all", ""),
        ("@hookimpl\ndef lms_review_enrolment(**rest: str) -> None: ...", "catch-all", ""),
        ("@hookimpl\ndef lms_review_enrolment(actor: int) -> None: ...", "argument-type", ""),
        ("@hookimpl\ndef lms_review_enrolment(actor: str): ...", "no-return-type", ""),
        ("@hookimpl\ndef lms_review_enrolment(actor: str) -> str | None: ...", "return-type", ""),
        ("@hookimpl\ndef lms_review_enrolment(actor: str) -> Any: ...", "return-type", ""),
        ("@hookimpl\ndef lms_register_kinds() -> tuple[int, ...]: ...", "return-type", ""),
        ("@hookimpl\nasync def lms_register_kinds() -> list[str]: ...", "async", ""),
        ("@hookimpl\ndef lms_register_kinds() -> list[str]:\n    yield 'x'", "wrapper", ""),
        ("@hookimpl(wrapper=True)\ndef lms_choose_fee(course: str): ...", "wrapper", ""),
        ("@hookimpl(wrapper=True)\ndef lms_register_kinds():\n    return (yield)", "wrapper", ""),
        ("@hookimpl(optionalhook=True)\ndef lms_register_kinds() -> list[str]: ...", "optional", ""),
        ("@hookimpl(hookwrapper=True)\ndef lms_choose_fee():\n    yield", "old-wrapper", ""),
        ("@hookimpl\ndef lms_register_kinds() -> 'Unknown': ...", "annotations", ""),
        (
            "@hookimpl(specname='lms_register_knids')\ndef kinds() -> list[str]: ...",
            "unknown-hook",
            "lms_register_kinds",
        ),
    ],
)
def test_a_fault_is_named_with_its_line_and_what_was_meant(findings, source, rule, suggestion, tmp_path):
    hooks = [name for name in SPECIFICATIONS if name in source]
    (found,) = [each for each in findings(source, *hooks) if each.rule != "declared-hook"]
    assert (found.rule, found.suggestion) == (rule, suggestion)
    assert (found.plugin, found.file, found.line) == ("labs", str(tmp_path / "plugin.py"), 4)


@pytest.mark.parametrize(
    "source",
    [
        "@hookimpl\ndef lms_register_kinds() -> list[str]: ...",
        "@hookimpl\ndef lms_register_kinds() -> tuple[str, ...]: ...",
        "@hookimpl\ndef lms_review_enrolment() -> Refusal: ...",
        "@hookimpl\ndef lms_review_enrolment(course: object) -> None: ...",
        "@hookimpl\ndef lms_review_enrolment(actor: str) -> None:\n    print(actor.course)",
        "@hookimpl(specname='lms_choose_fee')\ndef fee(course: str) -> int: ...",
        "@hookimpl(wrapper=True)\ndef lms_choose_fee(course: str) -> Generator[None, int, int]:\n    return (yield)",
    ],
)
def test_what_is_narrower_than_asked_is_welcome(findings, source):
    (hook,) = [name for name in SPECIFICATIONS if name in source]
    assert findings(source, hook) == ()


def test_everything_is_told_at_once(findings):
    source = (
        "@hookimpl\ndef lms_reveiw_enrolment(): ...\n"
        "@hookimpl\ndef lms_register_kinds(when=1, **more): ...\n"
        "def lms_choose_fee(): ...\n"
    )
    told = {each.rule for each in findings(source, "lms_register_kinds", "lms_show_home")}
    assert told == {
        "unknown-hook",
        "unknown-argument",
        "catch-all",
        "no-return-type",
        "no-hookimpl",
        "declared-hook",
    }


def test_what_the_manifest_declares_and_the_code_answers_is_the_same(findings):
    (undeclared,) = findings(GOOD)
    assert undeclared.rule == "undeclared-hook"
    unanswered, misspelt = findings("", "lms_choose_fee", "lms_choose_fees")
    assert (unanswered.rule, misspelt.rule, misspelt.suggestion) == ("declared-hook", "declared-hook", "lms_choose_fee")


def test_types_are_shown_as_authors_write_them():
    assert shown(Refusal | None) == "Refusal | None"
    assert shown(tuple[str, ...]) == "tuple[str, ...]"
    assert shown(Sequence[int]) == "Sequence[int]"
    assert shown(Any) == "Any"


def test_narrower_compares_containers_by_their_items():
    assert narrower(tuple[str, str], Sequence[str])
    assert narrower(dict[str, int], dict[str, int])
    assert not narrower(list, Sequence[str])
    assert not narrower(list[str | None], Sequence[str])
    assert narrower(bool, int)


def test_the_marker_is_the_one_of_the_hooks_package():
    assert hasattr(hookimpl(lms_register_kinds), "lms_impl")
    assert "lms_core.hooks" in sys.modules
