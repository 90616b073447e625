from datetime import date, timedelta

import pytest
from microsoft_certs.domain import BANKS, certifications

from cert_prep.domain.catalogue import Catalogue, standing

SUCCESSORS = {"AI-900": "AI-901", "AI-102": "AI-103", "DP-100": "AI-300"}
IN_FORCE = {"AI-901", "AI-103", "AI-300", "DP-900", "AZ-900", "AZ-104", "SC-900", "PL-900"}


@pytest.fixture
def catalogue() -> Catalogue:
    bound, left_out = Catalogue.bind(("microsoft_certs", each) for each in certifications())
    assert left_out == ()
    return bound


def test_every_credential_is_there(catalogue: Catalogue):
    assert set(catalogue.certifications) == IN_FORCE | set(SUCCESSORS)


def test_every_version_names_a_source_and_when_it_was_checked(catalogue: Catalogue):
    for certification in catalogue.certifications.values():
        for version in certification.versions:
            assert version.sources
            assert version.checked_at >= date(2026, 11, 22)


def test_titles_are_given_in_both_languages(catalogue: Catalogue):
    for certification in catalogue.certifications.values():
        for version in certification.versions:
            parts = [*version.domains, *(each for domain in version.domains for each in domain.objectives)]
            assert all(part.titles.ko and part.titles.en for part in parts)


@pytest.mark.parametrize("code", SUCCESSORS)
def test_retired_exams_name_a_successor_that_is_in_force(catalogue: Catalogue, code: str):
    today = date(2026, 11, 22)
    retired = catalogue.version(code)
    assert standing(retired, today).retired
    assert retired.successor == SUCCESSORS[code]
    assert not standing(catalogue.version(retired.successor), today).retired


def test_fundamentals_last_45_minutes_and_pass_at_700_of_1000(catalogue: Catalogue):
    version = catalogue.version("AI-901")
    assert (version.minutes, version.seat_minutes, version.pass_line, version.scale) == (45, 65, 700, "scaled-1000")
    assert [(domain.weight_min, domain.weight_max) for domain in version.domains] == [(40, 45), (55, 60)]


def test_a_time_that_sources_disagree_on_is_noted(catalogue: Catalogue):
    version = catalogue.version("AI-103")
    assert version.minutes == 120
    assert any("100" in note.en for note in version.notes)


def test_the_waits_are_a_day_and_a_fortnight(catalogue: Catalogue):
    retake = catalogue.get("AI-901").retake
    assert retake is not None
    limits = retake.versions[0].parameters
    assert limits.waits == (timedelta(hours=24), timedelta(days=14))
    assert (limits.attempts, limits.window_months, limits.window_from) == (5, 12, "first")


def test_the_bank_ships_with_files_for_a_credential_of_the_catalogue(catalogue: Catalogue):
    for bank in BANKS:
        known = {
            objective.id for domain in catalogue.version(bank.certification).domains for objective in domain.objectives
        }
        files = list(bank.folder.glob("*.md"))
        written = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        assert files
        named = {line.removeprefix("objective: ") for line in written if line.startswith("objective: ")}
        # A bank that borrows need not cover the outline by itself.
        assert named <= known if bank.borrows else named == known
