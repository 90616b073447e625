"""Statistics of exams and banks as they were last computed, and calibrations of banks as numbered runs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def _numbers(*names: str) -> list[sa.Column[float]]:
    return [sa.Column(name, sa.Float(), nullable=True) for name in names]


def upgrade() -> None:
    op.create_table(
        "assessment_statistics",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("summary", JSON, nullable=False),
        sa.Column("computed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name=op.f("pk_assessment_statistics")),
    )
    op.create_table(
        "assessment_item_statistics",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("facility", sa.Float(), nullable=False),
        *_numbers("discrimination_index", "item_total", "item_rest"),
        sa.Column("remarks", JSON, nullable=False),
        sa.Column("choices", JSON, nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "position", name=op.f("pk_assessment_item_statistics")),
        sa.ForeignKeyConstraint(
            ["subject_id"],
            ["assessment_statistics.subject_id"],
            name=op.f("fk_assessment_item_statistics_subject_id_assessment_statistics"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["assessment_item.id"],
            name=op.f("fk_assessment_item_statistics_item_id_assessment_item"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_assessment_item_statistics_item_id"), "assessment_item_statistics", ["item_id"])
    op.create_table(
        "assessment_calibration",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("persons", "items", "calibrated")),
        sa.Column("log_likelihood", sa.Float(), nullable=True),
        sa.Column("iterations", sa.Integer(), nullable=True),
        sa.Column("converged", sa.Boolean(), nullable=True),
        sa.Column("abilities", JSON, nullable=True),
        sa.Column("reason", JSON, nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_calibration")),
        sa.UniqueConstraint("bank_id", "number", name=op.f("uq_assessment_calibration_bank_id_number")),
        sa.ForeignKeyConstraint(
            ["bank_id"], ["assessment_bank.id"], name=op.f("fk_assessment_calibration_bank_id_assessment_bank")
        ),
    )
    op.create_index(op.f("ix_assessment_calibration_requested_by"), "assessment_calibration", ["requested_by"])
    op.create_table(
        "assessment_calibrated_item",
        sa.Column("calibration_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        *_numbers("facility", "discrimination", "difficulty", "discrimination_error", "difficulty_error"),
        *_numbers("infit", "outfit", "fit_probability"),
        sa.Column("reason", JSON, nullable=True),
        sa.Column("groups", JSON, nullable=False),
        sa.PrimaryKeyConstraint("calibration_id", "position", name=op.f("pk_assessment_calibrated_item")),
        sa.ForeignKeyConstraint(
            ["calibration_id"],
            ["assessment_calibration.id"],
            name=op.f("fk_assessment_calibrated_item_calibration_id_assessment_calibration"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["assessment_item.id"],
            name=op.f("fk_assessment_calibrated_item_item_id_assessment_item"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_assessment_calibrated_item_item_id", "assessment_calibrated_item", ["item_id"])


def downgrade() -> None:
    for name in ("calibrated_item", "calibration", "item_statistics", "statistics"):
        op.drop_table(f"assessment_{name}")
