"""Forms: which item versions they hold, and how the parts of each are placed on them."""

from lms_core.assessment.domain.forms.assembly import assemble, keeps_caps, meets
from lms_core.assessment.domain.forms.placing import Placed, PlacedGroup, groups_of, place, question_of, questions_of
from lms_core.assessment.domain.forms.refusals import SpecificationUnmet
from lms_core.assessment.domain.forms.stages import Outline, PlacedSection, Stage, in_sections, sections_of

__all__ = [
    "Outline",
    "Placed",
    "PlacedGroup",
    "PlacedSection",
    "SpecificationUnmet",
    "Stage",
    "assemble",
    "groups_of",
    "in_sections",
    "keeps_caps",
    "meets",
    "place",
    "question_of",
    "questions_of",
    "sections_of",
]
