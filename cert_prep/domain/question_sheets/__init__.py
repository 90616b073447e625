"""Question sheets (문항지): how academies write certification questions, and hand them to each other.

They are written in any editor and saved as text:

    문제 1 [storage-1]
    어느 중복 옵션이 지역 장애를 견디나요?
    ① LRS
    ② GRS
    정답: ②
    해설: GRS는 다른 지역에 사본을 둡니다.
    해설 ①: LRS는 한 데이터 센터 안에만 사본을 둡니다.

English labels are read as well: `Question 1`, `Answer: ②`, `Explanation:`. What stands before the first question is
the sheet's heading, and is not read.
"""

from typing import Final

from cert_prep.domain.question_sheets.reading import read_sheet
from cert_prep.domain.question_sheets.writing import SheetWriter
from lms_core.foundation.text import Titles
from lms_core.hooks.item_formats import ItemFormat

QUESTION_SHEET: Final = ItemFormat(
    "cert_prep.question-sheet",
    Titles("문항지", "Question sheet"),
    (".sheet.txt", ".문항지.txt"),
    read_sheet,
    SheetWriter,
)

__all__ = ["QUESTION_SHEET"]
