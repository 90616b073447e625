"""participation"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE = "bigtech_campus_participation"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["catalog_course.id"], name=op.f("fk_bigtech_campus_participation_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people_person.id"], name=op.f("fk_bigtech_campus_participation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bigtech_campus_participation")),
        sa.UniqueConstraint("person_id", "course_id", name=op.f("uq_bigtech_campus_participation_person_id_course_id")),
    )
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bigtech_campus_participation_course_id"), ["course_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bigtech_campus_participation_course_id"))
    op.drop_table(TABLE)
