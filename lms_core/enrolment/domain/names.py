"""Names of permissions and of the role that comes with a place."""

SEE_COHORT = "enrolment.see_cohort"
MANAGE_COHORT = "enrolment.manage_cohort"
SEE_APPLICATIONS = "enrolment.see_applications"
DECIDE_APPLICATION = "enrolment.decide_application"
# In the cohort and in its course. At the campus the second one stands, which allows nothing: the first would open
# every course of that campus; with the second, those who run the campus see who learns there.
TRAINEE = "trainee"
CAMPUS_TRAINEE = "campus_trainee"
