"""Visiting courses: held at and with a partner university, at a place, on dates, with a host.

It keeps where and when a visit is; the course itself is the catalog's, the people are enrolment's.
"""
