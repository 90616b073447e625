"""The rules of items, exams, attempts and scores, readable and testable with the standard library alone."""
