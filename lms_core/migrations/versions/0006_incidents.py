"""Incidents give time to one person, a room or everybody, as numbered rows; attempts know the address they run at."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("network", sa.String(length=43), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exam_id"], ["assessment_exam.id"], name=op.f("fk_assessment_incident_exam_id_assessment_exam")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people_person.id"], name=op.f("fk_assessment_incident_person_id_people_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_incident")),
        sa.UniqueConstraint("exam_id", "number", name=op.f("uq_assessment_incident_exam_id_number")),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_assessment_incident_gives_time")),
    )
    op.create_index(op.f("ix_assessment_incident_person_id"), "assessment_incident", ["person_id"])
    op.add_column("assessment_attempt", sa.Column("address", sa.String(length=45), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("assessment_attempt", "address")
    op.drop_table("assessment_incident")
