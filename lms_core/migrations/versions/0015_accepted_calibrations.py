"""What was measured and accepted stands beside items; statistics know how long answers took."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ITEMS = (("difficulty_value", sa.Float()), ("discrimination_value", sa.Float()), ("calibration_id", sa.Uuid()))


def upgrade() -> None:
    op.add_column("assessment_item_statistics", sa.Column("seconds", sa.Float(), nullable=True))
    op.add_column("assessment_calibration", sa.Column("accepted_by", sa.Uuid(), nullable=True))
    op.add_column(
        "assessment_calibration",
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
    )
    for name, kind in ITEMS:
        op.add_column("assessment_item", sa.Column(name, kind, nullable=True))
    # Figures can be computed anew, and are once somebody looks: those that are kept know no times.
    op.execute("DELETE FROM assessment_item_statistics")
    op.execute("DELETE FROM assessment_statistics")


def downgrade() -> None:
    for name, _ in reversed(ITEMS):
        op.drop_column("assessment_item", name)
    op.drop_column("assessment_calibration", "accepted_at")
    op.drop_column("assessment_calibration", "accepted_by")
    op.drop_column("assessment_item_statistics", "seconds")
