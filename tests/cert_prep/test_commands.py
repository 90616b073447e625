"""``lms certifications``, by lms_register_commands: what whoever keeps the catalogues has to read anew."""

import json
from datetime import UTC, datetime, time, timedelta

from click.testing import CliRunner

from cert_prep.commands import certifications
from cert_prep.service import CatalogueReader


def told(*arguments):
    done = CliRunner().invoke(certifications, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def test_nothing_is_due_the_day_after_the_facts_were_checked(preparation):
    listed = json.loads(told("--json", "--within", "0"))
    reader = preparation.provide(CatalogueReader)
    assert {one["code"] for one in listed if one["why"] == "ends"} == set()
    assert len(listed) <= len(reader.listed())


def test_an_outline_is_named_with_the_day_on_which_it_ends(preparation, clock):
    reader = preparation.provide(CatalogueReader)
    one = next(one for one in reader.listed() if one.specification.retired_on)
    clock.set(datetime.combine(one.specification.retired_on - timedelta(days=5), time(), UTC))
    days = (one.specification.retired_on - reader.today).days
    line = f"{one.certification.code}  ends {one.specification.retired_on.isoformat()}"
    assert line in told("--within", str(days))
    assert line not in told("--within", str(days - 1))


def test_an_outline_that_nobody_looked_at_names_its_source(preparation, clock):
    clock.move(days=400)
    due = json.loads(told("--json"))
    reader = preparation.provide(CatalogueReader)
    assert {one["code"] for one in due} == {
        one.certification.code for one in reader.listed() if not one.standing.retired
    }
    assert all(one["day"] and one["plugin"] in {"google_certs", "microsoft_certs"} for one in due)
