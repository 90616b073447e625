"""Courses: modules and activities, written as a draft and read as immutable published revisions.

It knows what can be learnt and not who learns it: places are enrolment's, what has been done is progress's.
"""
