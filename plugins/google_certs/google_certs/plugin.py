"""What google_certs brings to cert_prep."""

from collections.abc import Sequence

from cert_prep.hooks import Certification, ItemBank
from google_certs.domain import BANKS, SCORING, certifications
from lms_core.hooks import hookimpl
from lms_core.hooks.item_types import ItemScoring, ScoringRequest


@hookimpl
def lms_register_certifications() -> Sequence[Certification]:
    """Google's credentials."""
    return certifications()


@hookimpl
def lms_register_item_banks() -> Sequence[ItemBank]:
    """The items written for GAIL."""
    return BANKS


@hookimpl
def lms_choose_item_scoring(request: ScoringRequest) -> ItemScoring | None:
    """All of an item or nothing: our own choice, since Google does not say. Weights of an item are kept."""
    ours = request.certification in {one.code for one in certifications()}
    return SCORING if ours and request.own != "map" else None
