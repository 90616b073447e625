"""Pictures as they are sent."""

from typing import Any

from lms_core.hooks.item_types import Showing
from lms_core.hooks.items import Picture


def picture_shown(picture: Picture, showing: Showing) -> dict[str, Any]:
    """A picture with its size and its description."""
    alt = picture.alt.in_(showing.language)
    return {"source": picture.source, "alt": alt, "width": picture.width, "height": picture.height}
