"""The vectors were made with sha256sum from strings that were written by hand, not by the code under test."""

import plistlib
from datetime import UTC, datetime
from typing import Any

import pytest

from lms_core.assessment.domain.integrity import Browser, Shown
from lms_core.assessment.domain.integrity.safe_browser import (
    config_key,
    configuration,
    is_shown,
    reason_against_browser,
    request_hash,
    seb_json,
    written,
)

SETTINGS: dict[str, Any] = {
    "zoom": 1,
    "URLFilterRules": [{"regex": False, "expression": "exam.example.org/*", "active": True, "action": 1}],
    "startURL": "https://exam.example.org/a?b=c",
    "originatorVersion": "SEB_Win_3.7",
    "nested": {"B": "", "a": [1, "two", True]},
    "empty": {},
    "expression": "a\\.b\\/*",
    "browserMessagingPingTime": 120000,
    "allowWlan": False,
    "allowQuit": True,
}
BY_HAND = (
    '{"allowQuit":true,"allowWlan":false,"browserMessagingPingTime":120000,"expression":"a\\.b\\/*",'
    '"nested":{"a":[1,"two",true],"B":""},"startURL":"https://exam.example.org/a?b=c",'
    '"URLFilterRules":[{"action":1,"active":true,"expression":"exam.example.org/*","regex":false}],"zoom":1}'
)
KEY = "94237c8208b8817a8717a53bd78ea9984312d4a3a88c98e692a27ab2061fa9ea"
URL = "https://exam.example.org/assessment/attempts/1?x=2"
HASH = "d5e7bd1b914d5e93fec7a037839638d8e067985c39bae09e78740d7914a70533"
START = "https://exam.example.org/assessment/exams/1"


def test_settings_are_written_sorted_unescaped_and_without_empty_dictionaries() -> None:
    counted = {name: value for name, value in SETTINGS.items() if name != "originatorVersion"}
    assert seb_json(counted) == BY_HAND


def test_the_config_key_is_that_of_a_string_written_by_hand() -> None:
    assert config_key(SETTINGS) == KEY


def test_data_and_dates_are_written_as_the_format_says() -> None:
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert seb_json({"salt": b"\x00\x01", "at": moment, "name": "한글"}) == (
        '{"at":"2026-11-22T09:30:00Z","name":"한글","salt":"AAE="}'
    )


def test_a_request_is_hashed_without_its_fragment() -> None:
    assert request_hash(URL, KEY) == HASH
    assert request_hash(URL + "#question", KEY) == HASH


@pytest.mark.parametrize("url", [URL + "&y=3", URL.replace("https", "http"), URL.upper()])
def test_another_address_has_another_hash(url: str) -> None:
    assert request_hash(url, KEY) != HASH


def test_a_browser_is_known_by_its_config_key_alone_where_no_exam_keys_are_given() -> None:
    assert is_shown(Shown(url=URL, config_hash=HASH), KEY, ())
    assert is_shown(Shown(url=URL, config_hash=HASH.upper()), KEY, ())
    assert not is_shown(Shown(url=URL + "x", config_hash=HASH), KEY, ())
    assert not is_shown(Shown(url=URL), KEY, ())


def test_exam_keys_are_asked_for_beside_it_where_they_are_given() -> None:
    ours, other = "a" * 64, "b" * 64
    shown = Shown(url=URL, config_hash=HASH, exam_hash=request_hash(URL, ours))
    assert is_shown(shown, KEY, (other, ours))
    assert not is_shown(shown, KEY, (other,))
    assert not is_shown(Shown(url=URL, config_hash=HASH), KEY, (ours,))


def test_who_uses_another_browser_and_who_has_other_settings_are_told_apart() -> None:
    none, other = Shown(url=URL), Shown(url=URL, config_hash="0" * 64)
    assert [reason_against_browser(one, KEY, ()).code for one in (none, other)] == [  # type: ignore[union-attr]
        "safe-browser-required",
        "safe-browser-other",
    ]


def test_the_file_opens_the_exam_sends_its_keys_and_allows_only_what_was_said() -> None:
    told = plistlib.loads(written(configuration(Browser(True, "c" * 64, ("learn.example.org/*",)), START)))
    assert told["startURL"] == START
    assert told["sendBrowserExamKey"] is True
    assert told["hashedQuitPassword"] == "c" * 64
    assert [one["expression"] for one in told["URLFilterRules"]] == ["exam.example.org/*", "learn.example.org/*"]


def test_the_key_of_the_file_is_that_of_the_configuration() -> None:
    settings = configuration(Browser(True), START)
    assert config_key(plistlib.loads(written(settings))) == config_key(settings)
    assert "hashedQuitPassword" not in settings
