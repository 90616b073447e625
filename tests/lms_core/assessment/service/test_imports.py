import io
from pathlib import Path

import pytest

from lms_core.assessment.domain import imports as rules
from lms_core.assessment.domain.banks import IMPORT_ITEMS, SEE_BANK, BankNotFound, OpenBank, ReviewItem
from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.repository import imports as repository
from lms_core.assessment.service import alikeness, spooling
from lms_core.assessment.service.banks import BankService
from lms_core.assessment.service.imports import ImportReport, ImportService
from lms_core.assessment.service.items import ItemService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.assessment.service.staging import StagingService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid, LmsError, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.text import Titles
from lms_core.hooks.items import Provenance
from tests.support.banks.files import SAMPLE, real_bank
from tests.support.formats import formats_of

OURS = Provenance("CC0-1.0", "LMS Core contributors")


@pytest.fixture
def imports(work, clock):
    return ImportService(work, clock, formats_of())


@pytest.fixture
def banks(work, clock):
    return BankService(work, clock)


@pytest.fixture
def items(work, clock):
    return ItemService(work, clock)


def bring(imports: ImportService, path: Path, *, dry=False, bank="academy", by=SYSTEM, **changes) -> ImportReport:
    command = ImportFile(bank, path.name, changes.pop("provenance", OURS), **changes)
    with path.open("rb") as stream:
        return (imports.preview if dry else imports.commit)(by, command, stream)


def lines(imports: ImportService, written: str, name: str = "a.gift", **changes) -> ImportReport:
    bank = changes.pop("bank", "academy")
    return imports.commit(SYSTEM, ImportFile(bank, name, OURS, **changes), io.BytesIO(written.encode()))


def listed(banks: BankService, bank="academy", **filters):
    found = banks.by_slug(SYSTEM, bank)
    request = PageRequest(size=100, filters=tuple(filters.items()))
    return [row.item for row in banks.items(SYSTEM, found.id, request).items] if found else []


def test_a_dry_run_tells_everything_and_keeps_nothing(imports, banks):
    report = bring(imports, SAMPLE["gift"], dry=True)

    assert report.counts == {"created": 24}
    assert report.warnings == {
        "shared-explanation": 8,
        "missing-explanation": 3,
        "all-of-the-above": 2,
        "renamed-product": 4,
        "near-duplicate": 1,
    }
    assert report.import_id is None
    assert banks.by_slug(SYSTEM, "academy") is None


@pytest.mark.parametrize("name", SAMPLE)
def test_every_format_brings_its_items_to_be_reviewed_and_a_second_time_none(imports, banks, name):
    first = bring(imports, SAMPLE[name])
    second = bring(imports, SAMPLE[name])

    assert (first.counts, second.counts) == ({"created": 24}, {"unchanged": 24})
    assert {item.state for item in listed(banks)} == {"needs_review"}
    assert len(listed(banks)) == 24


def test_a_poorer_format_never_overwrites_richer_feedback(imports, banks, items):
    bring(imports, SAMPLE["json-lines"])
    before = {item.identifier: item.latest_version_id for item in listed(banks)}

    report = bring(imports, SAMPLE["csv"])

    assert report.counts == {"unchanged": 24}
    assert report.warnings["feedback-kept"] == 16
    assert {item.identifier: item.latest_version_id for item in listed(banks)} == before


def test_a_poorer_file_in_another_bank_lists_what_it_loses(imports):
    bring(imports, SAMPLE["gift"])

    assert bring(imports, SAMPLE["csv"], bank="other", dry=True).warnings["loses-feedback"] == 16
    assert "loses-feedback" not in bring(imports, SAMPLE["moodle-xml"], bank="other", dry=True).warnings


def test_a_richer_format_adds_what_was_missing(imports, banks, items):
    bring(imports, SAMPLE["csv"])
    report = bring(imports, SAMPLE["gift"])

    assert report.counts == {"updated": 23, "unchanged": 1}
    item = next(item for item in listed(banks) if item.identifier == "cloud.models.1#1")
    shown = items.get(SYSTEM, item.id)
    assert [version.number for version in shown.versions] == [2, 1]
    assert all(choice.feedback for choice in choices_of(shown.content))
    assert shown.content.explanation == {}


def test_the_real_bank_in_its_four_formats(imports, banks):
    files = real_bank()
    provenance = Provenance("CC-BY-4.0", "Microsoft Learn (learn-pr.ko-KR), CC BY 4.0, changed: converted format")

    report = bring(imports, files[".gift"], provenance=provenance)

    assert report.counts == {"created": 166}
    warnings = report.warnings
    assert (warnings["shared-explanation"], warnings["missing-explanation"]) == (73, 12)
    assert (warnings["all-of-the-above"], warnings["near-duplicate"]) == (6, 2)
    for suffix in (".gift", ".xml", ".jsonl"):
        assert bring(imports, files[suffix], provenance=provenance).counts == {"unchanged": 166}
    csv = bring(imports, files[".csv"], provenance=provenance)
    assert (csv.counts, csv.warnings["feedback-kept"]) == ({"unchanged": 166}, 93)
    elsewhere = bring(imports, files[".csv"], provenance=provenance, bank="other", dry=True)
    assert (elsewhere.counts, elsewhere.warnings["loses-feedback"]) == ({"created": 166}, 93)


def test_a_changed_question_is_a_new_version_under_the_same_name(imports, banks, items):
    lines(imports, "::a:: Which one? {=x ~y}")
    (before,) = listed(banks)

    report = lines(imports, "::a:: Which two? {=x ~y}")

    assert report.counts == {"updated": 1}
    (after,) = listed(banks)
    assert after.id == before.id
    assert items.get(SYSTEM, after.id, before.latest_version_id).content.stem["ko"] == "Which one?"


def test_the_same_question_under_another_name_is_refused(imports, banks):
    lines(imports, "::a:: Which one? {=x ~y}")

    report = lines(imports, "::b:: Which  one? {~y =x}\n\n::c:: Which one? {=y ~x}\n\n::c:: Which? {=y ~x}")

    assert [row.verdict for row in report.rows] == ["rejected", "created", "rejected"]
    assert [problem.rule for _, problem in report.told("error")] == ["same-item", "identifier-twice"]
    assert {item.identifier for item in listed(banks)} == {"a", "c"}


def many(count: int, first: int = 0) -> str:
    """Questions, one a line, of which each asks something else."""
    return "".join(
        f'{{"id": "q{number}", "stem": "What is {number} times {number * 7919}?", "choices": '
        f'[{{"text": "{number}", "correct": true}}, {{"text": "none"}}]}}\n'
        for number in range(first, first + count)
    )


def test_a_file_of_many_parts_comes_in_as_one_is_planned_the_same_and_is_taken_back(imports, banks, monkeypatch):
    monkeypatch.setattr(spooling, "AT_ONCE", 7)
    monkeypatch.setattr(repository, "AT_ONCE", 7)
    written = many(30) + many(1, 3) + many(1, 29).replace("q29", "q99")
    command = ImportFile("academy", "a.jsonl", OURS, "en")

    planned = imports.preview(SYSTEM, command, io.BytesIO(written.encode()))
    done = imports.commit(SYSTEM, command, io.BytesIO(written.encode()))
    again = imports.commit(SYSTEM, command, io.BytesIO(many(32).encode()))

    assert planned.counts == done.counts == {"created": 30, "rejected": 2}
    assert [problem.rule for _, problem in done.told("error")] == ["identifier-twice", "same-item"]
    assert again.counts == {"unchanged": 30, "created": 2}
    assert len(listed(banks)) == 32
    shown = imports.get(SYSTEM, done.import_id, PageRequest(number=2, size=1)).summary
    assert (shown.rejected.total, [row.identifier for row in shown.rejected.items]) == (2, ["q99"])
    imports.undo(SYSTEM, again.import_id)
    imports.undo(SYSTEM, done.import_id)
    assert listed(banks) == []


def test_updates_of_many_parts_are_taken_back_to_what_was(imports, banks, items, monkeypatch):
    monkeypatch.setattr(spooling, "AT_ONCE", 7)
    monkeypatch.setattr(repository, "AT_ONCE", 7)
    lines(imports, many(20), "a.jsonl", language="en")
    before = {item.identifier: item.latest_version_id for item in listed(banks)}
    report = lines(imports, many(20).replace('"none"', '"nothing"'), "a.jsonl", language="en")

    assert report.counts == {"updated": 20}
    assert {len(items.get(SYSTEM, item.id).versions) for item in listed(banks)} == {2}
    imports.undo(SYSTEM, report.import_id)
    assert {item.identifier: item.latest_version_id for item in listed(banks)} == before


def test_of_too_many_questions_none_are_compared_and_the_report_says_so(imports, monkeypatch):
    nearly = many(3).replace("What is", "What exactly in the whole world of numbers is")
    assert lines(imports, nearly, "a.jsonl", language="en", bank="one").rows.compared
    monkeypatch.setattr(alikeness, "NEAR_LIMIT", 2)
    report = lines(imports, nearly, "a.jsonl", language="en", bank="two")
    assert not report.rows.compared
    assert "near-duplicate" not in report.warnings


def test_an_upload_that_is_too_large_is_refused_before_it_is_read_or_kept(work, clock, imports):
    class Huge(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return 200_000_000 if whence == io.SEEK_END else 0

        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("read")

    actor = Actor(new_id(), almighty=True)
    bank = BankService(work, clock).open(SYSTEM, OpenBank("academy", Titles("은행", "Bank")))
    with pytest.raises(errors.FileTooLarge, match="200 MB"):
        StagingService(work, clock, imports).stage(actor, bank.id, ImportFile("academy", "a.gift", OURS), Huge())


def test_a_rejected_item_leaves_the_others_alone(imports, banks):
    report = lines(imports, "::a:: Which one? {=x ~y}\n\n::b:: Which? {~x ~y}\n\n::c:: Just words")

    assert report.counts == {"created": 1, "rejected": 2}
    assert [(row.read.line, problem.rule) for row, problem in report.told("error")] == [
        (3, "no-key"),
        (5, "no-question"),
    ]


@pytest.mark.parametrize(
    ("name", "written", "refusal"),
    [
        ("a.gift", "::a:: Which? {=x", errors.TruncatedFile),
        ("a.xml", '<!DOCTYPE q [<!ENTITY x "y">]><quiz/>', errors.EntitiesRefused),
        ("a.csv", "no,header\n", errors.BrokenFile),
        ("a.doc", "x", errors.UnknownFormat),
    ],
)
def test_a_refused_file_leaves_nothing_behind(imports, banks, name, written, refusal):
    with pytest.raises(refusal):
        lines(imports, written, name)
    assert banks.by_slug(SYSTEM, "academy") is None


def test_without_a_licence_nothing_comes_in(imports, banks):
    with pytest.raises(errors.MissingLicence):
        bring(imports, SAMPLE["gift"], provenance=Provenance())
    assert banks.by_slug(SYSTEM, "academy") is None


def test_a_bank_name_that_is_none_is_refused(imports):
    with pytest.raises(Invalid):
        bring(imports, SAMPLE["gift"], bank="Azure KO")


def test_an_import_can_be_taken_back_and_made_again(imports, banks):
    report = bring(imports, SAMPLE["gift"])

    undone = imports.undo(SYSTEM, report.import_id)

    assert undone.undone_at is not None
    assert listed(banks) == []
    with pytest.raises(rules.ImportGone):
        imports.undo(SYSTEM, report.import_id)
    assert bring(imports, SAMPLE["gift"]).counts == {"created": 24}


def test_taking_back_an_update_brings_the_old_version_back(imports, banks, items):
    lines(imports, "::a:: Which one? {=x ~y}")
    second = lines(imports, "::a:: Which two? {=x ~y}\n\n::b:: Which three? {=x ~y}")

    imports.undo(SYSTEM, second.import_id)

    (item,) = listed(banks)
    assert items.get(SYSTEM, item.id).content.stem["ko"] == "Which one?"
    assert lines(imports, "::b:: Which one? {=x ~y}").counts == {"rejected": 1}


def test_an_import_whose_items_were_approved_stays(imports, banks, work, clock):
    report = lines(imports, "::a:: Which one? {=x ~y}\n\n::b:: Which two? {=x ~y}")
    item = listed(banks)[0]
    ReviewService(work, clock).review(SYSTEM, ReviewItem(item.id, item.latest_version_id, "approved"))

    with pytest.raises(rules.ImportInUse) as refused:
        imports.undo(SYSTEM, report.import_id)

    assert [reason.reason.values["name"] for reason in refused.value.reasons] == ["a"]
    assert len(listed(banks)) == 2


def test_a_bank_file_puts_its_items_into_their_domain(imports, banks):
    header = "---\nformat: lms-bank/1\nlicence: CC0-1.0\ncertification: AI-901@2026-04-15\ndomain: ai-901.1\n---\n"
    lines(imports, header + "\n# a\n\n## en\n\nWhich one?\n\n- [x] x\n- [ ] y\n", "a.bank.md")

    bank = banks.by_slug(SYSTEM, "academy")
    (row,) = banks.items(SYSTEM, bank.id, PageRequest()).items
    assert row.domains == {"AI-901": "ai-901.1"}
    assert [item.identifier for item in listed(banks, domain="ai-901.1")] == ["a"]
    assert listed(banks, domain="-") == []


def test_the_report_of_an_import_can_be_read_later(imports, banks):
    report = bring(imports, SAMPLE["gift"])

    shown = imports.get(SYSTEM, report.import_id)

    assert (shown.done.read, shown.done.created, shown.done.licence) == (24, 24, "CC0-1.0")
    told = [str(problem.text) for rule in shown.summary.rules for _, problem in rule.first]
    assert "All choices have" not in told
    assert "No choice has an explanation of its own." in told
    assert imports.find(SYSTEM, shown.bank.id, PageRequest()).total == 1


def test_a_stranger_finds_no_bank_and_a_reader_may_not_import(imports, banks):
    bank = banks.open(SYSTEM, OpenBank("academy", Titles("은행", "Bank")))
    with pytest.raises(NotFound):
        bring(imports, SAMPLE["gift"], by=Actor(new_id()))
    with pytest.raises(BankNotFound):
        bring(imports, SAMPLE["gift"], bank="nowhere", by=Actor(new_id()))
    with pytest.raises(Forbidden):
        bring(imports, SAMPLE["gift"], by=Actor(new_id(), grants([SEE_BANK])))
    importer = Actor(new_id(), grants([SEE_BANK, IMPORT_ITEMS]))
    assert bring(imports, SAMPLE["gift"], by=importer).bank_id == bank.id


def test_every_refusal_has_a_name_of_its_own():
    names = [cls.code for cls in LmsError.__subclasses__() for cls in cls.__subclasses__()]
    ours = [cls.code for cls in errors.FileRefused.__subclasses__()]
    assert len(ours) == len(set(ours))
    assert names
