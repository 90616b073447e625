"""Items say when their references have to be read again; likeness between items is decided on and remembered."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

items = sa.table(
    "assessment_item",
    sa.column("id", sa.Uuid()),
    sa.column("latest_version_id", sa.Uuid()),
    sa.column("references_expire_on", sa.Date()),
)
versions = sa.table("assessment_item_version", sa.column("id", sa.Uuid()), sa.column("content", sa.JSON()))


def upgrade() -> None:
    op.add_column("assessment_item", sa.Column("references_expire_on", sa.Date(), nullable=True))
    op.create_index("ix_assessment_item_bank_id_references", "assessment_item", ["bank_id", "references_expire_on"])
    _keep_days()
    _create_likeness()


def downgrade() -> None:
    op.drop_table("assessment_likeness")
    op.drop_index("ix_assessment_item_bank_id_references", "assessment_item")
    op.drop_column("assessment_item", "references_expire_on")


def _keep_days() -> None:
    """As `references_expire_on` of the domain tells it for items that are written from now on."""
    connection = op.get_bind()
    newest = sa.select(items.c.id, versions.c.content).join_from(
        items, versions, versions.c.id == items.c.latest_version_id
    )
    for item_id, content in connection.execute(newest).all():
        if days := list(_days(content)):
            connection.execute(sa.update(items).where(items.c.id == item_id).values(references_expire_on=min(days)))


def _days(content: Mapping[str, Any]) -> Iterator[date]:
    yield from (date.fromisoformat(one["expires_on"]) for one in content.get("references", ()) if one.get("expires_on"))
    for part in content["interaction"].get("items", ()):
        yield from _days(part)


def _create_likeness() -> None:
    table = "assessment_likeness"
    op.create_table(
        table,
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("bank_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        _to(table, "first_id", "assessment_item", "CASCADE"),
        _to(table, "second_id", "assessment_item", "CASCADE"),
        _to(table, "bank_id", "assessment_bank", None),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f(f"pk_{table}")),
    )
    for column in ("second_id", "bank_id", "decided_by"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _to(table: str, column: str, other: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
