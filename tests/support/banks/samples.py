"""One plain item of each type, in Korean, with everything that formats may lose."""

from dataclasses import replace
from typing import Final

from lms_core.hooks.items import (
    Area,
    Choice,
    ChoiceGroup,
    ChoiceInteraction,
    Criterion,
    Exhibit,
    ExtendedTextInteraction,
    GapMatchInteraction,
    GroupInteraction,
    HotspotInteraction,
    InlineChoiceInteraction,
    Interaction,
    ItemContent,
    ItemTypeName,
    MatchInteraction,
    NumericField,
    NumericInteraction,
    OrderInteraction,
    Pair,
    Picture,
    Provenance,
    Reference,
    TextAnswer,
    TextEntryInteraction,
    TextField,
)
from lms_core.hooks.words import Words

OURS: Final = Provenance("CC0-1.0", "LMS Core contributors")


def ko(words: str) -> Words:
    """Words in Korean."""
    return Words(ko=words)


def _choices(*names: str, right: int = -1) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"c{at}", ko(name), at == right, ko(f"{name} 설명") if right >= 0 else Words())
        for at, name in enumerate(names)
    )


def _item(kind: ItemTypeName, stem: str, interaction: Interaction) -> ItemContent:
    return ItemContent(
        identifier=f"sample-{kind}",
        type=kind,
        stem=ko(stem),
        interaction=interaction,
        explanation=ko("해설이에요."),
        references=(Reference("https://example.org/a", "문서"),),
        objective="ai-901.1",
        difficulty="medium",
        tags=("저장소",),
        provenance=OURS,
    )


_PICTURE: Final = Picture("media/a.png", ko("서버 구성도"), 400, 300)
_PAIRS: Final = (Pair("c0", "t0"), Pair("c1", "t1"))
_TARGETS: Final = (Choice("t0", ko("파일 저장")), Choice("t1", ko("메시지 전달")))
_CHOICE: Final = _item("choice", "무엇을 고를까요?", ChoiceInteraction(_choices("버킷", "큐", "표", right=0)))
_SEVERAL: Final = tuple(replace(one, correct=one.identifier != "c2") for one in _choices("버킷", "큐", "표", right=0))
_LISTED: Final = _choices("버킷", "큐", right=0)

SAMPLES: Final[tuple[ItemContent, ...]] = (
    _CHOICE,
    _item("multiple-response", "둘을 고르세요.", ChoiceInteraction(_SEVERAL)),
    _item("statement-set", "맞나요?", MatchInteraction(_choices("하나", "둘"), _TARGETS, _PAIRS)),
    _item("ordering", "순서대로 놓으세요.", OrderInteraction(_choices("먼저", "다음", "끝"), ("c0", "c1", "c2"))),
    _item("matching", "짝을 지으세요.", MatchInteraction(_choices("버킷", "큐"), _TARGETS, _PAIRS)),
    _item("gap-match", "[[g]] 안에 넣으세요.", GapMatchInteraction(_choices("버킷", "큐"), ("g",), (Pair("c0", "g"),))),
    _item("inline-choice", "답은 [[g]]", InlineChoiceInteraction((ChoiceGroup("g", _LISTED),))),
    _item("text-entry", "이름은?", TextEntryInteraction((TextField("answer", (TextAnswer(ko("버킷")),)),))),
    _item("numeric", "몇 개인가요?", NumericInteraction((NumericField("answer", 4.0, 0.5, "개"),))),
    _item(
        "hot-spot",
        "어디인가요?",
        HotspotInteraction(
            _PICTURE,
            (Area("a", "rect", (0, 0, 9, 9), ko("서버"), correct=True), Area("b", "circle", (50, 50, 9), ko("망"))),
        ),
    ),
    _item("hot-area", "설정하세요.", InlineChoiceInteraction((ChoiceGroup("g", _LISTED, ko("종류")),), _PICTURE)),
    _item(
        "extended-text",
        "설명하세요.",
        ExtendedTextInteraction((Criterion("r", ko("원인을 말함"), 2.0),), ko("모범 답안")),
    ),
    _item("case-study", "사례예요.", GroupInteraction((Exhibit("e", ko("문서"), ko("내용")),), (_CHOICE,))),
)
