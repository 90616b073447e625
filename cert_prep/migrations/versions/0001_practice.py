"""practice"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLE = "cert_prep_practice"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("certification", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("regraded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_cert_prep_practice_attempt_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_cert_prep_practice_person_id")),
        sa.ForeignKeyConstraint(["exam_id"], ["assessment_exam.id"], name=op.f("fk_cert_prep_practice_exam_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_cert_prep_practice")),
    )
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cert_prep_practice_exam_id"), ["exam_id"], unique=False)
        batch_op.create_index("ix_cert_prep_practice_person_id_started_at", ["person_id", "started_at"], unique=False)
    op.create_table(
        "cert_prep_newcomer",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people_person.id"], name=op.f("fk_cert_prep_newcomer_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_cert_prep_newcomer")),
    )


def downgrade() -> None:
    op.drop_table("cert_prep_newcomer")
    with op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.drop_index("ix_cert_prep_practice_person_id_started_at")
        batch_op.drop_index(batch_op.f("ix_cert_prep_practice_exam_id"))
    op.drop_table(TABLE)
