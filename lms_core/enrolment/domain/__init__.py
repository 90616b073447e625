"""The rules of enrolment: cohorts, who may apply, who stands where in the line, who has a place."""
