"""Names of permissions and of the role that comes with a place."""

SEE_COHORT = "enrolment.see_cohort"
MANAGE_COHORT = "enrolment.manage_cohort"
SEE_APPLICATIONS = "enrolment.see_applications"
DECIDE_APPLICATION = "enrolment.decide_application"
TRAINEE = "trainee"
