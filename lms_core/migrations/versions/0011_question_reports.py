"""Trainees report questions and are answered; what is taken down is logged; retired items say why and by what."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("assessment_item", sa.Column("retired_why", sa.String(500), nullable=False, server_default=""))
    op.add_column("assessment_item", sa.Column("successor_id", sa.Uuid(), nullable=True))
    _create_reports()
    _create_messages()
    _create_takedowns()


def downgrade() -> None:
    for table in ("takedown", "report_message", "question_report"):
        op.drop_table(f"assessment_{table}")
    op.drop_column("assessment_item", "successor_id")
    op.drop_column("assessment_item", "retired_why")


def _create_reports() -> None:
    table = "assessment_question_report"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _to(table, "item_id", "assessment_item"),
        _to(table, "version_id", "assessment_item_version"),
        _to(table, "bank_id", "assessment_bank"),
        _to(table, "attempt_id", "assessment_attempt"),
        _to(table, "person_id", "people_person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("attempt_id", "slot", name=op.f(f"uq_{table}_attempt_id_slot")),
    )
    op.create_index(op.f(f"ix_{table}_item_id"), table, ["item_id"])
    op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])
    op.create_index(f"ix_{table}_bank_id_state", table, ["bank_id", "state", "changed_at"])


def _create_messages() -> None:
    table = "assessment_report_message"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "report_id", "assessment_question_report"),
        _to(table, "person_id", "people_person"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_report_id"), table, ["report_id"])
    op.create_index(op.f(f"ix_{table}_person_id"), table, ["person_id"])


def _create_takedowns() -> None:
    table = "assessment_takedown"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to(table, "item_id", "assessment_item"),
        _to(table, "bank_id", "assessment_bank"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("item_id", "bank_id", "recorded_by"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))
