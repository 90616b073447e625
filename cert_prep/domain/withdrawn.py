"""Catalogues that were switched off: their exams stay open, without the outline and the vendor's rules."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(eq=False)
class WithdrawnCatalogue:
    """A plugin with a catalogue that was on for the whole site, and has been off ``since``."""

    plugin: str
    since: datetime
