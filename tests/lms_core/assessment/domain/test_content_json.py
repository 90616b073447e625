from hypothesis import given

from lms_core.assessment.domain.content_json import decode, dumps, encode, loads
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words
from tests.support.banks.strategies import contents


@given(contents())
def test_any_content_comes_back_from_json(content: ItemContent) -> None:
    assert decode(encode(content)) == content
    assert loads(dumps(content)) == content


def test_what_nobody_wrote_is_not_stored() -> None:
    content = ItemContent("a", "choice", Words(ko="?"), ChoiceInteraction((Choice("a", Words(ko="네")),)))

    assert encode(content) == {
        "identifier": "a",
        "type": "choice",
        "stem": {"ko": "?"},
        "interaction": {"choices": [{"identifier": "a", "text": {"ko": "네"}}]},
    }
