"""What microsoft_certs brings to cert_prep."""

from collections.abc import Sequence

from cert_prep.hooks import Certification, ItemBank
from lms_core.hooks import hookimpl
from microsoft_certs.domain import BANKS, certifications


@hookimpl
def lms_register_certifications() -> Sequence[Certification]:
    """Microsoft's credentials."""
    return certifications()


@hookimpl
def lms_register_item_banks() -> Sequence[ItemBank]:
    """The items written for AI-901."""
    return BANKS
