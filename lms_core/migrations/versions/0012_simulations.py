"""Attempts keep the window they began under; comments on questions stand after a simulation."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

exams = sa.table("assessment_exam", sa.column("id", sa.Uuid()), sa.column("specification", sa.JSON()))
attempts = sa.table(
    "assessment_attempt",
    sa.column("exam_id", sa.Uuid()),
    sa.column("window_closes_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.add_column("assessment_attempt", sa.Column("window_closes_at", sa.DateTime(timezone=True), nullable=True))
    _keep_windows()
    _create_comments()


def downgrade() -> None:
    op.drop_table("assessment_comment")
    op.drop_column("assessment_attempt", "window_closes_at")


def _keep_windows() -> None:
    """Until now no window moved once its exam was published: it is that under which every attempt began."""
    connection = op.get_bind()
    for exam_id, specification in connection.execute(sa.select(exams)).all():
        if closes_at := _closes_at(specification):
            theirs = sa.update(attempts).where(attempts.c.exam_id == exam_id)
            connection.execute(theirs.values(window_closes_at=closes_at))


def _closes_at(specification: Any) -> datetime | None:
    read = json.loads(specification) if isinstance(specification, str) else specification
    written = read.get("closes_at")
    return datetime.fromisoformat(written) if written else None


def _create_comments() -> None:
    table = "assessment_comment"
    op.create_table(
        table,
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "attempt_id", "assessment_attempt"),
        _to(table, "exam_id", "assessment_exam"),
        _to(table, "bank_id", "assessment_bank"),
        _to(table, "item_id", "assessment_item"),
        _to(table, "version_id", "assessment_item_version"),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_item_id"), table, ["item_id"])
    op.create_index(f"ix_{table}_bank_id_written_at", table, ["bank_id", "written_at"])
    op.create_index(f"ix_{table}_exam_id_written_at", table, ["exam_id", "written_at"])


def _to(table: str, column: str, there: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{there}.id"], name=op.f(f"fk_{table}_{column}_{there}"))
