"""What microsoft_certs brings to cert_prep."""

from collections.abc import Sequence

from cert_prep.hooks import Certification, ItemBank
from lms_core.hooks import hookimpl
from lms_core.hooks.item_types import ItemScoring, ScoringRequest
from microsoft_certs.domain import BANKS, SCORING, certifications


@hookimpl
def lms_register_certifications() -> Sequence[Certification]:
    """Microsoft's credentials."""
    return certifications()


@hookimpl
def lms_register_item_banks() -> Sequence[ItemBank]:
    """The items written for AI-901."""
    return BANKS


@hookimpl
def lms_choose_item_scoring(request: ScoringRequest) -> ItemScoring | None:
    """A point for each right part, as Microsoft says it scores. Items with weights of their own keep them."""
    ours = request.certification in {one.code for one in certifications()}
    return SCORING if ours and request.own != "map" else None
