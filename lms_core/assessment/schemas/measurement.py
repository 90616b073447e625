"""What the pages of measurement send."""

from typing import Final

from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

MODELS: Final = (
    ("2pl", text("Two parameters: difficulty and discrimination")),
    ("rasch", text("One parameter (Rasch): difficulty alone, for few people")),
)


class CalibrationIn(Schema):
    """Ask for a calibration."""

    model = fields.String(
        load_default="2pl",
        validate=fields.OneOf([name for name, _ in MODELS]),
        metadata={"label": text("Model"), "kind": "select", "options": MODELS},
    )
