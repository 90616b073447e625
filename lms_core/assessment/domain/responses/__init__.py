"""What an answer may look like: six shapes, and the schema of a form that names one of them for each slot.

A schema knows slots, shapes and ids; nothing in it says what is right.
"""

from lms_core.assessment.domain.responses.schema import HIGHEST_SEQUENCE, AnswerSchema

__all__ = ["HIGHEST_SEQUENCE", "AnswerSchema"]
