import pytest

from lms_core.assessment.pages.previews import exhibits_of, previewed
from tests.support.item_tour import tour


@pytest.mark.parametrize("content", tour(), ids=lambda content: content.type)
def test_an_author_sees_every_type_with_its_key(content) -> None:
    for language in ("ko", "en"):
        shown = previewed(content, language)

        assert shown
        assert all(one.prompt and one.key for one in shown)
        assert all(row.right for one in shown for row in one.key if content.type != "extended-text")


def test_a_case_shows_its_documents() -> None:
    (case,) = (content for content in tour() if content.type == "case-study")

    assert [title for title, _ in exhibits_of(case, "en")] == ["How it is today", "What is wanted"]
    assert len(previewed(case, "en")) == 2
