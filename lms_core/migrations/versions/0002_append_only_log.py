"""The event log is append-only: the database itself refuses to change or delete what was written."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSE = "the event log is append-only"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER foundation_event_no_{verb.lower()} BEFORE {verb} ON foundation_event "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION foundation_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER foundation_event_append_only BEFORE UPDATE OR DELETE ON foundation_event "
        "FOR EACH ROW EXECUTE FUNCTION foundation_event_refuse()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER foundation_event_no_{verb}")
        return
    op.execute("DROP TRIGGER foundation_event_append_only ON foundation_event")
    op.execute("DROP FUNCTION foundation_event_refuse()")
