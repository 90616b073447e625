"""Forms know their sections: what is open together, and what stays left once it was left."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("assessment_form", sa.Column("sections", JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("assessment_form", "sections")
