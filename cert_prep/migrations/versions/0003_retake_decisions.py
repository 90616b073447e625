"""retake decisions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("cert_prep_practice", sa.Column("retake", kept, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("cert_prep_practice", schema=None) as batch_op:
        batch_op.drop_column("retake")
