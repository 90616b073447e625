"""Formats that plugins bring: there while the plugin is on, and named where they fail."""

import io
from collections.abc import Sequence
from typing import Any

import pytest

from cert_prep.domain.question_sheets import QUESTION_SHEET
from lms_core.assessment.domain.formats import CORE_FORMATS, errors, format_of
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.service.banks import BankService
from lms_core.assessment.service.exports import ExportBank, ExportReports, ExportService
from lms_core.assessment.service.formats import FormatService, KnownFormats
from lms_core.assessment.service.imports import ImportService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import Titles
from lms_core.hooks import hookimpl
from lms_core.hooks.item_formats import ItemFormat, ReadItem
from lms_core.hooks.items import Provenance
from tests.support.calling import Switches
from tests.support.formats import formats_of

OURS = Provenance("CC0-1.0", "LMS Core contributors")
SHEET = "문제 1 [q1]\n맞는 것은?\n① 가\n② 나\n정답: ②\n".encode()


class Plugin:
    """Registers one format."""

    def __init__(self, item_format: ItemFormat) -> None:
        self.item_format = item_format

    @hookimpl
    def lms_register_item_formats(self) -> Sequence[ItemFormat]:
        return [self.item_format]


def failing(*_: Any) -> Any:
    raise ZeroDivisionError("a plugin's own fault")


def nonsense(*_: Any) -> Any:
    yield ReadItem(1, "q1", "no content")  # type: ignore[arg-type]


def broken(**given: Any) -> Plugin:
    values = {"read": failing, "write": failing} | given
    return Plugin(ItemFormat("labs.sheet", Titles("표", "Sheet"), (".lab",), **values))


def brought(work, clock, formats, body: bytes = SHEET, file: str = "a.sheet.txt"):
    command = ImportFile("academy", file, OURS)
    return ImportService(work, clock, formats).commit(SYSTEM, command, io.BytesIO(body))


def test_a_format_of_a_plugin_is_there_while_the_plugin_is_on_and_gone_at_once_when_it_is_off(work, clock):
    switches = Switches()
    formats = formats_of(switches=switches, cert_prep=Plugin(QUESTION_SHEET))
    report = brought(work, clock, formats)
    assert (report.format, report.counts) == ("cert_prep.question-sheet", {"created": 1})
    exporting = ExportBank(report.bank_id, QUESTION_SHEET.name, everything=True)
    stream = io.BytesIO()
    ExportService(work, formats, ExportReports()).export(SYSTEM, exporting, stream)
    assert "정답: ②" in stream.getvalue().decode()

    switches.turn_off("cert_prep")

    assert list(formats.at(EVERYWHERE)) == list(CORE_FORMATS)
    with pytest.raises(errors.FileRefused):
        brought(work, clock, formats)
    with pytest.raises(errors.UnknownFormat):
        ExportService(work, formats, ExportReports()).preview(SYSTEM, exporting)


def test_a_file_of_a_format_that_is_off_is_not_taken_for_one_of_another(work, clock):
    switches = Switches()
    on = formats_of(switches=switches, cert_prep=Plugin(QUESTION_SHEET))
    formats = FormatService(on.hooks, KnownFormats((("cert_prep", QUESTION_SHEET),)))
    assert formats.of(EVERYWHERE, "A.SHEET.TXT") is QUESTION_SHEET
    switches.turn_off("cert_prep")
    with pytest.raises(errors.UnknownFormat, match="the plugin cert_prep reads"):
        brought(work, clock, formats, "* 하나\n+ 둘\n- 셋\n".encode())
    assert formats.of(EVERYWHERE, "list.txt").name == "plus-minus"
    assert formats.of(EVERYWHERE, "a.sheet.txt", "plus-minus").name == "plus-minus", "who names it, means it"
    with pytest.raises(errors.UnknownFormat, match="We do not know"):
        formats.of(EVERYWHERE, "a.doc")


@pytest.mark.parametrize("read", [failing, nonsense])
def test_a_reader_that_fails_refuses_the_file_by_the_name_of_its_format_and_keeps_nothing(work, clock, read):
    with pytest.raises(errors.FormatFailed, match="Sheet failed"):
        brought(work, clock, formats_of(labs=broken(read=read)), file="a.lab")
    assert BankService(work, clock).by_slug(SYSTEM, "academy") is None


def test_a_writer_that_fails_is_named(work, clock):
    formats = formats_of(labs=broken(), cert_prep=Plugin(QUESTION_SHEET))
    command = ExportBank(brought(work, clock, formats).bank_id, "labs.sheet", everything=True)
    service = ExportService(work, formats, ExportReports())
    for act in (service.preview, service.export):
        with pytest.raises(errors.FormatFailed, match="Sheet failed"):
            act(SYSTEM, command, *([io.BytesIO()] if act.__name__ == "export" else []))


def test_a_format_that_is_only_read_writes_nothing_and_is_not_offered(work, clock):
    formats = formats_of(labs=broken(write=None), cert_prep=Plugin(QUESTION_SHEET))
    command = ExportBank(brought(work, clock, formats).bank_id, "labs.sheet")
    assert "labs.sheet" not in {one.name for one in formats.written_at(EVERYWHERE)}
    with pytest.raises(Invalid):
        ExportService(work, formats, ExportReports()).preview(SYSTEM, command)


def test_of_several_suffixes_that_fit_the_longest_wins():
    own = ItemFormat("labs.notes", Titles("글", "Notes"), (".lab.md",), failing)
    assert format_of((*CORE_FORMATS, own), "a.lab.md") is own
    assert format_of((*CORE_FORMATS, own), "a.qti.xml").name == "qti-3.0"
    assert format_of((*CORE_FORMATS, own), "a.md").name == "bank"


@pytest.mark.parametrize("wrong", [{"suffixes": ()}, {"suffixes": (".TXT",)}, {"name": "x" * 41}])
def test_a_format_that_no_file_could_be_told_by_is_refused(wrong):
    values = {"name": "labs.sheet", "titles": Titles("표", "Sheet"), "suffixes": (".lab",), "read": failing}
    with pytest.raises(ValueError, match=r"suffix|name"):
        ItemFormat(**(values | wrong))
