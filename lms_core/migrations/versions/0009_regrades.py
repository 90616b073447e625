"""Regrades, what each of them changed, and an exam's attempts in the order of their ids."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "assessment_regrade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=8), nullable=False),
        sa.Column("corrected_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "seen", "changed", "passes", "fails")),
        sa.Column("cursor", sa.Uuid(), nullable=True),
        sa.Column("previewed", JSON, nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["exam_id"], ["assessment_exam.id"], name=op.f("fk_assessment_regrade_exam_id_assessment_exam")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["assessment_item_version.id"],
            name=op.f("fk_assessment_regrade_version_id_assessment_item_version"),
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by"],
            ["assessment_item_version.id"],
            name=op.f("fk_assessment_regrade_corrected_by_assessment_item_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_regrade")),
        sa.UniqueConstraint("exam_id", "number", name=op.f("uq_assessment_regrade_exam_id_number")),
    )
    op.create_index(op.f("ix_assessment_regrade_version_id"), "assessment_regrade", ["version_id"])
    op.create_index(op.f("ix_assessment_regrade_proposed_by"), "assessment_regrade", ["proposed_by"])
    op.create_table(
        "assessment_regrade_change",
        sa.Column("regrade_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("slots", JSON, nullable=False),
        sa.Column("before", sa.Float(), nullable=False),
        sa.Column("after", sa.Float(), nullable=False),
        sa.Column("passed_before", sa.Boolean(), nullable=True),
        sa.Column("passed_after", sa.Boolean(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["regrade_id"],
            ["assessment_regrade.id"],
            name=op.f("fk_assessment_regrade_change_regrade_id_assessment_regrade"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"],
            ["assessment_attempt.id"],
            name=op.f("fk_assessment_regrade_change_attempt_id_assessment_attempt"),
        ),
        sa.PrimaryKeyConstraint("regrade_id", "attempt_id", name=op.f("pk_assessment_regrade_change")),
    )
    op.create_index(op.f("ix_assessment_regrade_change_attempt_id"), "assessment_regrade_change", ["attempt_id"])
    op.create_index("ix_assessment_attempt_exam_id_id", "assessment_attempt", ["exam_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_assessment_attempt_exam_id_id", "assessment_attempt")
    op.drop_table("assessment_regrade_change")
    op.drop_table("assessment_regrade")
