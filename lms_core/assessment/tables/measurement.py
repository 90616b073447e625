"""What was measured: statistics of an exam or a bank as they were last computed, and calibrations of banks.

Both can be computed anew from the answers at any time; a calibration is kept since later figures rest on it.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    Uuid,
)

from lms_core.foundation.database import Json, UTCDateTime, id_column, metadata

# ``subject_id`` is an exam or a bank; ``results`` counts the results that were there when it was computed.
statistics = Table(
    "assessment_statistics",
    metadata,
    Column("subject_id", Uuid, primary_key=True),
    Column("results", Integer, nullable=False),
    Column("summary", Json, nullable=False),
    Column("computed_at", UTCDateTime, nullable=False),
)

item_statistics = Table(
    "assessment_item_statistics",
    metadata,
    Column("subject_id", Uuid, ForeignKey("assessment_statistics.subject_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("part", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("facility", Float, nullable=False),
    Column("discrimination_index", Float, nullable=True),
    Column("item_total", Float, nullable=True),
    Column("item_rest", Float, nullable=True),
    Column("seconds", Float, nullable=True),
    Column("remarks", Json, nullable=False),
    Column("choices", Json, nullable=False),
    PrimaryKeyConstraint("subject_id", "position"),
)

# ``reason`` says why a run failed, as a message and its values. Of a bank's runs the one that was accepted last counts.
calibrations = Table(
    "assessment_calibration",
    metadata,
    id_column(),
    Column("bank_id", Uuid, ForeignKey("assessment_bank.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("model", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("persons", Integer, nullable=True),
    Column("items", Integer, nullable=True),
    Column("calibrated", Integer, nullable=True),
    Column("log_likelihood", Float, nullable=True),
    Column("iterations", Integer, nullable=True),
    Column("converged", Boolean, nullable=True),
    Column("abilities", Json, nullable=True),
    Column("reason", Json, nullable=True),
    Column("requested_by", Uuid, nullable=True, index=True),
    Column("requested_at", UTCDateTime, nullable=False),
    Column("finished_at", UTCDateTime, nullable=True),
    Column("accepted_by", Uuid, nullable=True),
    Column("accepted_at", UTCDateTime, nullable=True),
    UniqueConstraint("bank_id", "number"),
)

calibrated_items = Table(
    "assessment_calibrated_item",
    metadata,
    Column("calibration_id", Uuid, ForeignKey("assessment_calibration.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_id", Uuid, ForeignKey("assessment_item.id", ondelete="CASCADE"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("facility", Float, nullable=True),
    Column("discrimination", Float, nullable=True),
    Column("difficulty", Float, nullable=True),
    Column("discrimination_error", Float, nullable=True),
    Column("difficulty_error", Float, nullable=True),
    Column("infit", Float, nullable=True),
    Column("outfit", Float, nullable=True),
    Column("fit_probability", Float, nullable=True),
    Column("reason", Json, nullable=True),
    Column("groups", Json, nullable=False),
    PrimaryKeyConstraint("calibration_id", "position"),
    Index("ix_assessment_calibrated_item_item_id", "item_id"),
)
