"""Exams ask items of every type: forms know their cases, answers their shape, keys their type; people mark essays."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
FORMS = sa.table("assessment_form", sa.column("id", sa.Uuid), sa.column("answer_schema", JSON))
KEYS = sa.table("assessment_form_key", sa.column("form_id", sa.Uuid), sa.column("keys", JSON))


def upgrade() -> None:
    op.add_column("assessment_form", sa.Column("groups", JSON, nullable=False, server_default="[]"))
    op.add_column("assessment_form_slot", sa.Column("part", sa.Integer(), nullable=False, server_default="0"))
    # What is rendered can be made anew, and is rendered otherwise from now on.
    op.execute("DELETE FROM assessment_rendering")
    _rewrite(FORMS.c.id, FORMS.c.answer_schema, lambda slots: {slot: _shape(one) for slot, one in slots.items()})
    _rewrite(KEYS.c.form_id, KEYS.c["keys"], lambda keys: [_key(one) for one in keys])
    op.create_table(
        "assessment_marking",
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("waits_since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_assessment_marking_attempt_id_assessment_attempt")
        ),
        sa.ForeignKeyConstraint(
            ["exam_id"], ["assessment_exam.id"], name=op.f("fk_assessment_marking_exam_id_assessment_exam")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["assessment_item_version.id"],
            name=op.f("fk_assessment_marking_version_id_assessment_item_version"),
        ),
        sa.PrimaryKeyConstraint("attempt_id", "slot", name=op.f("pk_assessment_marking")),
    )
    op.create_index("ix_assessment_marking_exam_id_state", "assessment_marking", ["exam_id", "state", "waits_since"])
    op.create_table(
        "assessment_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("points", JSON, nullable=False),
        sa.Column("note", sa.String(length=4000), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["assessment_attempt.id"], name=op.f("fk_assessment_mark_attempt_id_assessment_attempt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_mark")),
        sa.UniqueConstraint("attempt_id", "slot", "number", name=op.f("uq_assessment_mark_attempt_id_slot_number")),
    )
    op.create_index(op.f("ix_assessment_mark_marked_by"), "assessment_mark", ["marked_by"])


def downgrade() -> None:
    op.drop_table("assessment_mark")
    op.drop_table("assessment_marking")
    op.execute("DELETE FROM assessment_rendering")
    op.drop_column("assessment_form_slot", "part")
    op.drop_column("assessment_form", "groups")
    _rewrite(KEYS.c.form_id, KEYS.c["keys"], lambda keys: [_old_key(one) for one in keys])


def _rewrite(id_column: Any, column: Any, change: Any) -> None:
    table, connection = column.table, op.get_bind()
    for row_id, written in connection.execute(sa.select(id_column, column)).all():
        connection.execute(sa.update(table).where(id_column == row_id).values({column.name: change(written)}))


def _shape(one: dict[str, Any]) -> dict[str, Any]:
    return {"shape": "choices", **one}


def _key(one: dict[str, Any]) -> dict[str, Any]:
    """Until now, an item was a choice of one or of several."""
    told = {name: one[name] for name in ("slot", "domain", "scoring", "scored")}
    key = {"choices": one["correct"], "weights": one["weights"]}
    return {**told, "type": "choice" if one["single"] else "multiple-response", "key": key}


def _old_key(one: dict[str, Any]) -> dict[str, Any]:
    """Keys of choices as they were; a form that asks anything else cannot be scored by what came before."""
    told = {name: one[name] for name in ("slot", "domain", "scoring", "scored")}
    key = one["key"]
    weights = {"correct": key.get("choices", []), "weights": key.get("weights", {})}
    return {**told, **weights, "single": one["type"] == "choice"}
