import io
from pathlib import Path

import pytest

from lms_core.assessment.domain import imports as rules
from lms_core.assessment.domain.banks import IMPORT_ITEMS, SEE_BANK, BankNotFound, OpenBank, ReviewItem
from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.service.banks import BankService
from lms_core.assessment.service.imports import ImportReport, ImportService
from lms_core.assessment.service.items import ItemService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid, LmsError, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.text import Titles
from lms_core.hooks.items import Provenance
from tests.support.banks.files import SAMPLE, real_bank

OURS = Provenance("CC0-1.0", "LMS Core contributors")


@pytest.fixture
def imports(work, clock):
    return ImportService(work, clock)


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
    return imports.commit(SYSTEM, ImportFile("academy", name, OURS, **changes), io.BytesIO(written.encode()))


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


def test_a_rejected_item_leaves_the_others_alone(imports, banks):
    report = lines(imports, "::a:: Which one? {=x ~y}\n\n::b:: Which? {~x ~y}\n\n::c:: True? {T}")

    assert report.counts == {"created": 1, "rejected": 2}
    assert [(row.read.line, problem.rule) for row, problem in report.told("error")] == [
        (3, "no-key"),
        (5, "not-yet-importable"),
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
    told = [str(problem.text) for row in shown.told_rows for problem in row.problems]
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
