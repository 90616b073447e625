"""Dedicated campuses: a partner company's curriculum and projects, and its agreement to each cohort.

It gives no places and keeps no courses: it brings content, and it says no where the partner's terms are not met.
"""
