import io

import pytest
import sqlalchemy as sa

from lms_core.assessment.domain.banks import EXPORT_ITEMS, SEE_BANK
from lms_core.assessment.domain.formats import CORE_FORMATS, format_of, read_items
from lms_core.assessment.domain.formats.errors import UnknownFormat
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.service import exports as service
from lms_core.assessment.service.banks import BankService
from lms_core.assessment.service.exports import ExportBank, ExportReports, ExportService
from lms_core.assessment.service.imports import ImportService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.tables import events
from lms_core.hooks.item_formats import ReadOptions
from lms_core.hooks.items import Provenance
from tests.support.banks.files import SAMPLE
from tests.support.formats import formats_of

OURS = Provenance("CC0-1.0", "LMS Core contributors")
WRITTEN = [one.name for one in CORE_FORMATS if one.write]


@pytest.fixture
def bank(work, clock):
    """A bank of 24 items that wait for review."""
    with SAMPLE["gift"].open("rb") as stream:
        ImportService(work, clock, formats_of()).commit(SYSTEM, ImportFile("academy", "a.gift", OURS), stream)
    found = BankService(work, clock).by_slug(SYSTEM, "academy")
    assert found
    return found


@pytest.fixture
def exports(work):
    return ExportService(work, formats_of(), ExportReports())


@pytest.mark.parametrize("name", WRITTEN)
def test_a_bank_leaves_and_comes_back(exports, bank, name):
    stream = io.BytesIO()

    report = exports.export(SYSTEM, ExportBank(bank.id, name, everything=True), stream)

    stream.seek(0)
    back = [
        one
        for one in read_items(format_of(CORE_FORMATS, "", name), stream, ReadOptions("a", "ko", OURS))
        if one.content
    ]
    assert (report.items, report.written) == (24, len(back))
    assert report.written >= 20
    assert exports.preview(SYSTEM, ExportBank(bank.id, name, everything=True)).losses == report.losses


def test_a_bank_is_proven_once_a_revision(exports, bank, work, clock, monkeypatch):
    proved = []
    once = service.proving
    monkeypatch.setattr(service, "proving", lambda *given: proved.append(1) or once(*given))
    command = ExportBank(bank.id, "aiken", everything=True)

    first = exports.preview(SYSTEM, command)
    assert exports.preview(SYSTEM, command) is first
    assert len(proved) == 24

    item = BankService(work, clock).items(SYSTEM, bank.id, PageRequest()).items[0].item
    ReviewService(work, clock).approve(Actor(new_id(), almighty=True), bank.id, [(item.id, item.latest_version_id)])
    assert exports.preview(SYSTEM, command) is not first
    assert len(proved) == 48
    assert exports.preview(SYSTEM, ExportBank(bank.id, "aiken")).items == 1


def test_only_the_last_reports_are_kept():
    reports = ExportReports()
    for number in range(service.MOST_REPORTS + 1):
        reports.keep((number,), number)
    assert reports.get((0,)) is None
    assert reports.get((1,)) == 1


def test_only_what_was_approved_leaves_unless_all_is_asked_for(exports, bank, work, clock):
    banks = BankService(work, clock)
    first = banks.items(SYSTEM, bank.id, PageRequest()).items[0].item
    ReviewService(work, clock).approve(Actor(new_id(), almighty=True), bank.id, [(first.id, first.latest_version_id)])

    assert exports.preview(SYSTEM, ExportBank(bank.id, "qti-3.0")).items == 1
    assert exports.preview(SYSTEM, ExportBank(bank.id, "qti-3.0", everything=True)).items == 24


def test_a_format_that_nobody_knows_is_refused(exports, bank):
    with pytest.raises(UnknownFormat):
        exports.preview(SYSTEM, ExportBank(bank.id, "nothing"))


def test_who_may_not_export_is_refused_and_who_may_not_see_finds_nothing(exports, bank):
    command = ExportBank(bank.id, "gift")
    with pytest.raises(Forbidden):
        exports.export(Actor(new_id(), grants([SEE_BANK])), command, io.BytesIO())
    with pytest.raises(NotFound):
        exports.export(Actor(new_id()), command, io.BytesIO())
    with pytest.raises(NotFound):
        exports.bank_named(SYSTEM, "nowhere")
    assert exports.preview(Actor(new_id(), grants([SEE_BANK, EXPORT_ITEMS])), command).items == 0


def test_an_export_stands_in_the_audit_trail(exports, bank):
    exports.export(SYSTEM, ExportBank(bank.id, "qti-2.2", everything=True), io.BytesIO())

    with exports.work.read() as uow:
        happened = uow.session.scalars(sa.select(events.c.name)).all()
    assert "assessment.items_exported" in happened
