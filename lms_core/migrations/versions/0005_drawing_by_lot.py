"""Every item has a lot, so that a draw reads a few items of a bank and not all of it."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ITEMS = sa.table("assessment_item", sa.column("id", sa.Uuid), sa.column("lot", sa.BigInteger))


def upgrade() -> None:
    op.add_column("assessment_item", sa.Column("lot", sa.BigInteger(), nullable=False, server_default="0"))
    connection = op.get_bind()
    lots = [{"item": row.id, "drawn": secrets.randbits(62)} for row in connection.execute(sa.select(ITEMS.c.id))]
    if lots:
        drawn = sa.update(ITEMS).where(ITEMS.c.id == sa.bindparam("item")).values(lot=sa.bindparam("drawn"))
        connection.execute(drawn, lots)
    op.create_index("ix_assessment_item_bank_id_lot", "assessment_item", ["bank_id", "lot"])


def downgrade() -> None:
    op.drop_index("ix_assessment_item_bank_id_lot", "assessment_item")
    op.drop_column("assessment_item", "lot")
