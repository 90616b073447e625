"""agreements and visits"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "university_outreach_agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("university_id", sa.Uuid(), nullable=False),
        sa.Column("department", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= signed_on",
            name=op.f("ck_university_outreach_agreement_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(
            ["university_id"],
            ["organisation_organisation.id"],
            name=op.f("fk_university_outreach_agreement_university_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_university_outreach_agreement")),
    )
    with op.batch_alter_table("university_outreach_agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_university_outreach_agreement_university_id"), ["university_id"], unique=False
        )

    op.create_table(
        "university_outreach_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("building", sa.String(length=120), nullable=False),
        sa.Column("room", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_role", sa.String(length=120), nullable=False),
        sa.Column("coordinator_id", sa.Uuid(), nullable=True),
        sa.Column("equipment", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "ends_at IS NULL OR starts_at < ends_at", name=op.f("ck_university_outreach_visit_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"],
            ["university_outreach_agreement.id"],
            name=op.f("fk_university_outreach_visit_agreement_id"),
        ),
        sa.ForeignKeyConstraint(
            ["coordinator_id"], ["people_person.id"], name=op.f("fk_university_outreach_visit_coordinator_id")
        ),
        sa.ForeignKeyConstraint(
            ["course_id"], ["catalog_course.id"], name=op.f("fk_university_outreach_visit_course_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_university_outreach_visit")),
    )
    with op.batch_alter_table("university_outreach_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_university_outreach_visit_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_university_outreach_visit_coordinator_id"), ["coordinator_id"], unique=False
        )
        batch_op.create_index(
            "ix_university_outreach_visit_course_id_starts_at", ["course_id", "starts_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("university_outreach_visit", schema=None) as batch_op:
        batch_op.drop_index("ix_university_outreach_visit_course_id_starts_at")
        batch_op.drop_index(batch_op.f("ix_university_outreach_visit_coordinator_id"))
        batch_op.drop_index(batch_op.f("ix_university_outreach_visit_agreement_id"))

    op.drop_table("university_outreach_visit")
    with op.batch_alter_table("university_outreach_agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_university_outreach_agreement_university_id"))

    op.drop_table("university_outreach_agreement")
