"""agreements"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bigtech_campus_agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campus_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("begins_from", sa.Date(), nullable=False),
        sa.Column("begins_until", sa.Date(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("begins_until >= begins_from", name=op.f("ck_bigtech_campus_agreement_begins_in_order")),
        sa.CheckConstraint("places > 0", name=op.f("ck_bigtech_campus_agreement_some_places")),
        sa.ForeignKeyConstraint(
            ["campus_id"], ["organisation_campus.id"], name=op.f("fk_bigtech_campus_agreement_campus_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["catalog_course.id"], name=op.f("fk_bigtech_campus_agreement_course_id")
        ),
        sa.ForeignKeyConstraint(["given_by"], ["people_person.id"], name=op.f("fk_bigtech_campus_agreement_given_by")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["people_person.id"], name=op.f("fk_bigtech_campus_agreement_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bigtech_campus_agreement")),
    )
    with op.batch_alter_table("bigtech_campus_agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bigtech_campus_agreement_campus_id"), ["campus_id"], unique=False)
        batch_op.create_index(
            "ix_bigtech_campus_agreement_course_id_campus_id", ["course_id", "campus_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bigtech_campus_agreement_given_by"), ["given_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_bigtech_campus_agreement_withdrawn_by"), ["withdrawn_by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("bigtech_campus_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bigtech_campus_agreement_withdrawn_by"))
        batch_op.drop_index(batch_op.f("ix_bigtech_campus_agreement_given_by"))
        batch_op.drop_index("ix_bigtech_campus_agreement_course_id_campus_id")
        batch_op.drop_index(batch_op.f("ix_bigtech_campus_agreement_campus_id"))

    op.drop_table("bigtech_campus_agreement")
