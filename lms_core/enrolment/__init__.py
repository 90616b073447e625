"""Enrolment: cohorts, applications, places and the line for them.

It says who is in a cohort and why; what they then learn is the catalog's, how far they come is progress's.
"""
