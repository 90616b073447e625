"""results and withdrawn catalogues"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PRACTICE, WITHDRAWN = "cert_prep_practice", "cert_prep_withdrawn_catalogue"


def upgrade() -> None:
    with op.batch_alter_table(PRACTICE, schema=None) as batch_op:
        batch_op.add_column(sa.Column("percent", sa.Float(), nullable=True))
    op.create_table(
        WITHDRAWN,
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("plugin", name=op.f("pk_cert_prep_withdrawn_catalogue")),
    )


def downgrade() -> None:
    op.drop_table(WITHDRAWN)
    with op.batch_alter_table(PRACTICE, schema=None) as batch_op:
        batch_op.drop_column("percent")
