"""The search page over the sample academy: rooms and plugins answer, each only with what one may see."""

import pytest

from tests.support.academy import Academy
from tests.support.switching import switch_off


def found(academy: Academy, person: str, words: str) -> str:
    page = academy.as_program(person).get("/search", query_string={"search": words})
    assert page.status_code == 200
    return page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("words", "place"),
    [("AI-901", "/cert_prep/AI-901"), ("캠퍼스", "/organisation/campuses/"), ("클라우드", "/catalog/courses")],
)
def test_rooms_and_plugins_answer_in_korean_and_by_code(academy: Academy, words: str, place: str) -> None:
    assert f'href="{place}' in found(academy, "admin@example.org", words)


def test_a_trainee_finds_courses_but_no_people(academy: Academy) -> None:
    assert "/people/" not in main(found(academy, "trainee@example.org", "김하늘"))
    assert 'href="/people/' in main(found(academy, "admin@example.org", "김하늘"))


def test_a_source_that_is_off_is_not_asked(academy: Academy) -> None:
    with academy.app.app_context():
        switch_off(academy, "google_certs", "microsoft_certs", "cert_prep")
    assert "/cert_prep/AI-901" not in found(academy, "admin@example.org", "AI-901")


def main(page: str) -> str:
    """The page's own part, without menus."""
    return page.partition('id="main"')[2].partition("</main>")[0]


def test_what_is_looked_for_is_shown_as_text(academy: Academy) -> None:
    assert "<script>x" not in found(academy, "admin@example.org", "<script>x")
