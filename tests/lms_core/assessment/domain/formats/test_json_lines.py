import io
import json

import pytest
from hypothesis import given

from lms_core.assessment.domain.content_json import dumps
from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.formats.json_lines import read_json_lines
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import ItemContent
from tests.support.banks.strategies import HEADER_PROVENANCE, contents


def read(*lines: str, end: str = "\n") -> list[ReadItem]:
    data = ("\n".join(lines) + end).encode()
    return list(read_json_lines(io.BytesIO(data), ReadOptions("a.jsonl", "en", HEADER_PROVENANCE)))


def record(**changes: object) -> str:
    choices = [{"text": "a", "correct": True}, {"text": "b", "correct": False}]
    return json.dumps({"id": "1", "stem": "Which?", "choices": choices, **changes})


def test_booleans_in_quotes_are_refused_and_never_guessed() -> None:
    (item,) = read(record(choices=[{"text": "a", "correct": "true"}, {"text": "b", "correct": "false"}]))
    assert [problem.rule for problem in item.errors] == ["no-boolean"]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"stem": " "}, "empty-stem"),
        ({"stem": 3}, "no-item"),
        ({"choices": "a"}, "no-item"),
        ({"choices": []}, "no-key"),
        ({"type": "essay"}, "not-yet-importable"),
        ({"choices": [{"text": "a"}, {"text": "b"}]}, "no-key"),
    ],
)
def test_an_unusable_record_is_refused_by_rule(changes: dict[str, object], rule: str) -> None:
    (item,) = read(record(**changes))
    assert rule in {problem.rule for problem in item.errors}


@pytest.mark.parametrize(
    ("lines", "end", "refusal"),
    [
        (["{"], "\n", errors.BrokenFile),
        (["[]"], "\n", errors.BrokenFile),
        ([record(), '{"id": "2", "st'], "", errors.TruncatedFile),
        (["[" * 100_000], "\n", errors.BrokenFile),
    ],
)
def test_a_file_that_is_no_json_lines_is_refused(lines: list[str], end: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read(*lines, end=end)


@given(contents())
def test_a_stored_content_is_read_as_it_was(content: ItemContent) -> None:
    (item,) = read(dumps(content))
    assert item.content is not None
    assert (item.content.stem, item.content.scoring) == (content.stem, content.scoring)
