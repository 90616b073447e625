from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lms_core.assessment.domain.bank_file import BankFile, Header, parse, write
from lms_core.hooks.items import GroupInteraction, ItemContent
from lms_core.hooks.words import Words
from tests.support.banks.strategies import HEADER_PROVENANCE, contents

HEADER = Header(
    "AI-901@2026-04-15",
    "ai-901.1",
    "ai-901.1.1",
    Words(ko="책임 있는 AI", en="Responsible AI"),
    HEADER_PROVENANCE,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(contents(), max_size=2))
def test_a_bank_written_and_parsed_is_the_same_bank(items: list[ItemContent]) -> None:
    named = tuple(_named(content, f"item-{number}") for number, content in enumerate(items))

    parsed = parse(write(BankFile(HEADER, named)), "bank.md")

    assert parsed.findings == ()
    assert parsed.bank == BankFile(HEADER, named)


def _named(content: ItemContent, name: str) -> ItemContent:
    asked = content.interaction
    if isinstance(asked, GroupInteraction):
        questions = tuple(_named(item, f"{name}/{number}") for number, item in enumerate(asked.items))
        asked = replace(asked, items=questions)
    return replace(content, identifier=name, interaction=asked)
