"""Exams have conditions under which they are sat; what devices tell while they are sat is kept, with signs of life."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_integrity()
    _create_presence()
    _create_events()


def downgrade() -> None:
    for table in ("attempt_event", "presence", "exam_integrity"):
        op.drop_table(f"assessment_{table}")


def _create_integrity() -> None:
    table = "assessment_exam_integrity"
    op.create_table(
        table,
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("networks", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("browser_required", sa.Boolean(), nullable=False),
        sa.Column("quit_hash", sa.String(64), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("exam_keys", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "exam_id", "assessment_exam"),
        sa.PrimaryKeyConstraint("exam_id", name=op.f(f"pk_{table}")),
    )


def _create_presence() -> None:
    table = "assessment_presence"
    op.create_table(
        table,
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "attempt_id", "assessment_attempt"),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f(f"pk_{table}")),
    )


def _create_events() -> None:
    table = "assessment_attempt_event"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "attempt_id", "assessment_attempt"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_attempt_id_at", table, ["attempt_id", "at"])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
