"""What a dedicated programme is, and the partner's terms: required modules, and an agreement to each cohort."""

from bigtech_campus.domain.agreements import (
    Agreement,
    AgreementDetails,
    AgreementGiven,
    AgreementNotFound,
    AgreementWithdrawn,
    WithdrawnAlready,
    check_agreement,
    covering,
)
from bigtech_campus.domain.curricula import read_programme
from bigtech_campus.domain.programmes import PROJECT, Programme
from bigtech_campus.domain.terms import against_application, against_enrolment, against_publication, completion

GIVE = "bigtech_campus.give_agreement"
SEE = "bigtech_campus.see_agreement"

__all__ = [
    "GIVE",
    "PROJECT",
    "SEE",
    "Agreement",
    "AgreementDetails",
    "AgreementGiven",
    "AgreementNotFound",
    "AgreementWithdrawn",
    "Programme",
    "WithdrawnAlready",
    "against_application",
    "against_enrolment",
    "against_publication",
    "check_agreement",
    "completion",
    "covering",
    "read_programme",
]
