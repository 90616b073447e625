"""What a line of a question sheet begins with: the marks that people write, in either language."""

import re
from collections.abc import Mapping
from typing import Final

from lms_core.hooks.items import Difficulty

NUMBERS: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "ko": {
        "question": "문제",
        "answer": "정답",
        "answers": "복수 정답",
        "scoring": "채점",
        "explanation": "해설",
        "objective": "출제 영역",
        "difficulty": "난이도",
        "tags": "태그",
        "reference": "근거",
        "order": "보기 순서",
    },
    "en": {
        "question": "Question",
        "answer": "Answer",
        "answers": "Answers",
        "scoring": "Scoring",
        "explanation": "Explanation",
        "objective": "Objective",
        "difficulty": "Difficulty",
        "tags": "Tags",
        "reference": "Reference",
        "order": "Order",
    },
}
DIFFICULTIES: Final[Mapping[str, Mapping[Difficulty, str]]] = {
    "ko": {"easy": "하", "medium": "중", "hard": "상"},
    "en": {"easy": "easy", "medium": "medium", "hard": "hard"},
}
PARTIAL: Final[Mapping[str, str]] = {"ko": "부분 점수", "en": "partial"}
FIXED: Final[Mapping[str, str]] = {"ko": "고정", "en": "fixed"}

NAMES: Final = {label: name for labels in LABELS.values() for name, label in labels.items() if name != "question"}
_LABELLED = "|".join(map(re.escape, sorted(NAMES, key=len, reverse=True)))
QUESTION: Final = re.compile(r"(?:문제|Question) *(\d+)[.)]?(?: *\[(.*)\])? *")
CHOICE: Final = re.compile(rf"([{NUMBERS}]) ?(.*)")
LABEL: Final = re.compile(rf"({_LABELLED})(?: ([{NUMBERS}]))? ?[:：] ?(.*)")
ESCAPED: Final = re.compile(rf"\\+(?:{QUESTION.pattern}$|[{NUMBERS}]|{LABEL.pattern})")
"""A line of a text that only looks like a mark: a backslash stands before it, one more than the text has itself."""


def language_of(written: str) -> str:
    """The language whose labels are written; texts of a third one stand under English labels."""
    return written if written in LABELS else "en"


def hidden(line: str) -> str:
    """A line of a text, so that nobody takes it for a mark."""
    marked = QUESTION.fullmatch(line) or CHOICE.match(line) or LABEL.match(line) or ESCAPED.match(line)
    return f"\\{line}" if marked else line


def shown(line: str) -> str:
    """The line that `hidden` hid."""
    return line[1:] if ESCAPED.match(line) else line
