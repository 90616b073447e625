"""What a plugin keeps of people is within their reach while it is on, while it is away, and when it is back."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.wheels import make_wheel

ROOT = Path(__file__).parents[2]
LMS = "import sys; from lms_core.cli import main; sys.exit(main())"
TABLES = '''
"""Who lent what to whom."""

from sqlalchemy import Column, ForeignKey, String, Table, Uuid

from lms_core.foundation.database import id_column, metadata

loans = Table(
    "loans_loan",
    metadata,
    id_column(),
    Column("given_by", Uuid, ForeignKey("people_person.id"), nullable=True),
    Column("taken_by", Uuid, ForeignKey("people_person.id"), nullable=True),
    Column("thing", String(40), nullable=False),
)
'''
PLUGIN = '''
"""Lending among people: two columns of one table name a person, as in an agreement."""

from collections.abc import Sequence

from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.site import PersonalData
from loans.tables import loans


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Both ends of a loan."""
    why, until = text("Knowing who has what"), text("Without a name, for good")
    return [PersonalData(loans.name, end, why, until, "blank", (end,)) for end in ("given_by", "taken_by")]
'''
REVISION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def upgrade():
    people = [sa.Column(end, sa.Uuid, sa.ForeignKey("people_person.id")) for end in ("given_by", "taken_by")]
    thing = sa.Column("thing", sa.String(40), nullable=False)
    op.create_table("loans_loan", sa.Column("id", sa.Uuid, primary_key=True), *people, thing)


def downgrade():
    op.drop_table("loans_loan")
"""
MANIFEST = """
hooks = ["lms_register_personal_data"]

[[personal_data]]
table = "loans_loan"
purpose = {ko = "누가 무엇을 빌려 갔는지 알기 위해", en = "Knowing who has what"}
"""
# What the site's processes do, in one that ends: the plugin's module must not stay in the test's.
ACT = """
import json
import sys
from uuid import UUID

from sqlalchemy import insert

from lms_core.app import create_app
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.identity import new_id
from lms_core.foundation.web.house import house
from lms_core.people.service import EnlistService, PrivacyService

act, *told = sys.argv[1:]
app = create_app()
here = house(app)
privacy = here.provide(PrivacyService)
with app.app_context():
    if act == "enlist":
        with here.work.write() as uow:
            enlist = here.provide(EnlistService).enlist_within
            print(json.dumps([str(enlist(uow, SYSTEM, f"{one}@example.org", one, "", "en")) for one in told]))
            uow.commit()
    elif act == "lend":
        from loans.tables import loans

        giver, taker, thing = UUID(told[0]), UUID(told[1]), told[2]
        with here.work.write() as uow:
            row = {"id": new_id(), "given_by": giver, "taken_by": taker, "thing": thing}
            uow.session.execute(insert(loans), [row])
            uow.commit()
    elif act == "erase":
        privacy.erase(SYSTEM, UUID(told[0]))
    else:
        print(json.dumps(privacy.export(SYSTEM, UUID(told[0])), default=str))
"""


@dataclass
class Library:
    """A site of its own, and what is done there."""

    home: Path

    def run(self, code: str, *arguments: str) -> str:
        told = {"PYTHONPATH": str(ROOT), "LMS_INSTANCE_PATH": str(self.home / "instance")}
        command = [sys.executable, "-c", code, *arguments]
        ended = subprocess.run(
            command, cwd=self.home, env=os.environ | told, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def plugin(self, *arguments: str) -> Any:
        return json.loads(self.run(LMS, "plugin", *arguments, "--json"))

    def things(self, person: str) -> dict[str, tuple[str | None, str | None]]:
        """What the person lent and borrowed, with both ends, as their export tells."""
        rows = json.loads(self.run(ACT, "export", person))["loans_loan"]
        assert len({row["thing"] for row in rows}) == len(rows)
        return {row["thing"]: (row["given_by"], row["taken_by"]) for row in rows}


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_a_plugin_keeps_is_given_out_and_erased_whether_it_is_there_or_away(tmp_path: Path) -> None:
    site = Library(tmp_path)
    files = {"loans/plugin.py": PLUGIN, "loans/tables.py": TABLES, "loans/migrations/versions/0001.py": REVISION}
    wheel = str(make_wheel(tmp_path, "loans", files=files, manifest=MANIFEST))
    site.run(LMS, "init")
    site.plugin("install", wheel, "--yes", "--enable")
    ann, ben, cleo = json.loads(site.run(ACT, "enlist", "ann", "ben", "cleo"))
    for giver, taker, thing in ((ann, ben, "lamp"), (ben, ann, "book"), (cleo, ben, "pen")):
        site.run(ACT, "lend", giver, taker, thing)
    both = {"lamp": (ann, ben), "book": (ben, ann)}
    assert site.things(ann) == both

    gone = site.plugin("uninstall", "loans")
    assert (gone["personal_data_kept"], gone["personal_data_unreached"]) == (["loans_loan"], [])
    assert site.things(ann) == both
    site.run(ACT, "erase", cleo)

    (back,) = site.plugin("install", wheel, "--yes", "--enable")["installed"]
    assert back["found"]["rows"] == {"loans_loan": 3}
    assert site.things(ann) == both
    assert site.things(ben) == both | {"pen": (None, ben)}

    site.run(ACT, "erase", ann)
    assert site.things(ben) == {"lamp": (None, ben), "book": (ben, None), "pen": (None, ben)}
