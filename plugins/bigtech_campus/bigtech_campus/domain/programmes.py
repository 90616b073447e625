"""A dedicated programme: a partner's curriculum with the figures that were agreed with the city."""

from dataclasses import dataclass

from lms_core.foundation.text import Titles
from lms_core.hooks.catalog import Curriculum, CurriculumModule

PROJECT = "bigtech_campus.partner_project"


@dataclass(frozen=True, slots=True)
class Programme:
    """One partner's programme. ``partner_slug`` is the short name of the partner's organisation on the site."""

    partner: Titles
    partner_slug: str
    months: int
    places_per_year: int
    cohorts_per_year: int
    curriculum: Curriculum

    @property
    def code(self) -> str:
        """The code that courses begun from it bear."""
        return self.curriculum.code

    @property
    def required(self) -> tuple[CurriculumModule, ...]:
        """The modules that no course begun from it may lack."""
        return tuple(module for module in self.curriculum.modules if module.required)
