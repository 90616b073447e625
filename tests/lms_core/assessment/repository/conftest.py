from tests.support.exams import room

__all__ = ["room"]
