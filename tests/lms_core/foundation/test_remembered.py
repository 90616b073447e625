import pytest

from lms_core.foundation.remembered import Remembered


def test_a_value_is_made_once_for_a_key() -> None:
    kept: Remembered[str, list[str]] = Remembered(2)
    first = kept.of("one", lambda: ["made"])
    assert kept.of("one", lambda: ["made again"]) is first


def test_what_is_asked_for_least_is_forgotten_first() -> None:
    kept: Remembered[str, str] = Remembered(2)
    for key in ("old", "asked for", "old", "new"):
        kept.of(key, lambda: "first")
    assert len(kept) == 2
    assert kept.of("old", lambda: "second") == "first"
    assert kept.of("asked for", lambda: "second") == "second"


def test_nothing_is_kept_of_what_could_not_be_made() -> None:
    kept: Remembered[str, int] = Remembered(2)
    with pytest.raises(ZeroDivisionError):
        kept.of("one", lambda: 1 // 0)
    assert kept.of("one", lambda: 1) == 1
