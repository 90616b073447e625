"""Assessment measures what somebody knows: banks of items, exams made from them, attempts, scores.

It knows neither which certification an exam prepares for nor what a score means for a course.
"""
