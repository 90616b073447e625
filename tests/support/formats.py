"""The formats of the house, and those of plugins, for services without a site."""

from collections.abc import Sequence
from typing import Any

from lms_core.assessment.domain.formats import CORE_FORMATS
from lms_core.assessment.service.formats import FormatService
from lms_core.hooks import hookimpl
from lms_core.hooks.item_formats import ItemFormat
from tests.support.calling import Switches, hooks_of


class CoreFormats:
    """What the room itself registers: the core is its own first guest."""

    @hookimpl
    def lms_register_item_formats(self) -> Sequence[ItemFormat]:
        """The core's formats."""
        return CORE_FORMATS


def formats_of(switches: Switches | None = None, **letter_boxes: Any) -> FormatService:
    """The formats where these plugins are on."""
    return FormatService(hooks_of(switches, assessment=CoreFormats(), **letter_boxes))
