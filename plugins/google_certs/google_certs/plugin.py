"""What google_certs brings to cert_prep."""

from collections.abc import Sequence

from cert_prep.hooks import Certification, ItemBank
from google_certs.domain import BANKS, certifications
from lms_core.hooks import hookimpl


@hookimpl
def lms_register_certifications() -> Sequence[Certification]:
    """Google's credentials."""
    return certifications()


@hookimpl
def lms_register_item_banks() -> Sequence[ItemBank]:
    """The items written for GAIL."""
    return BANKS
