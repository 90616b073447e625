"""Progress: what people have done of a course, and when that makes it complete.

It counts what happened elsewhere; it neither teaches nor grades.
"""
