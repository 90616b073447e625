"""The types of item that certification exams ask and that hold several questions."""

from typing import Final

from lms_core.foundation.text import text
from lms_core.hooks.item_types import GroupType

CASE_STUDY: Final = GroupType("case-study", text("Case study"))
"""Questions that share a story and its documents; one may go back and forth among them."""

PROBLEM_SOLUTION: Final = GroupType("problem-solution", text("Problem and solution series"), returns=False)
"""Solutions to one problem, judged one after another: whoever saw the next one cannot change the last."""

CASES: Final = (CASE_STUDY, PROBLEM_SOLUTION)
