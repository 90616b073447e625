"""The letter box of enrolment."""
