"""Whose language is spoken: the reader's, and meanwhile that of a mail's reader."""

from lms_core.foundation.text import text
from lms_core.foundation.web.languages import say, say_in
from tests.support.site import Site

CLOSE = text("Close")


def test_a_mail_in_another_language_leaves_the_page_in_its_own(embedded_site: Site) -> None:
    with embedded_site.app.test_request_context(headers={"Accept-Language": "ko"}):
        assert [say(CLOSE), say_in("en", CLOSE), say(CLOSE)] == ["닫기", "Close", "닫기"]
        assert say_in("ko", CLOSE) == "닫기"


def test_the_first_words_of_a_request_may_be_a_mail_in_another_language(embedded_site: Site) -> None:
    with embedded_site.app.test_request_context(headers={"Accept-Language": "ko"}):
        assert [say_in("en", CLOSE), say(CLOSE)] == ["Close", "닫기"]


def test_each_request_speaks_the_language_of_its_own_reader(embedded_site: Site) -> None:
    for chosen, said in (("ko", "닫기"), ("en", "Close"), ("ko", "닫기")):
        with embedded_site.app.test_request_context(headers={"Accept-Language": chosen}):
            assert say(CLOSE) == said


def test_outside_of_an_application_english_is_spoken() -> None:
    assert (say(CLOSE), say_in("ko", CLOSE)) == ("Close", "Close")
