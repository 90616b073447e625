from datetime import date, timedelta

import pytest
from google_certs.domain import BANKS, certifications

from cert_prep.domain.catalogue import Catalogue

EXPECTED = {"GAIL", "CDL", "ACE", "ADP", "PMLE", "PDE", "PCA", "GA", "GAIE", "GCC"}


@pytest.fixture
def catalogue() -> Catalogue:
    bound, left_out = Catalogue.bind(("google_certs", each) for each in certifications())
    assert left_out == ()
    return bound


def test_every_credential_is_there(catalogue: Catalogue):
    assert set(catalogue.certifications) == EXPECTED


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


def test_two_sources_that_disagree_are_two_versions(catalogue: Catalogue):
    first, second = catalogue.get("PCA").versions
    assert [domain.weight_min for domain in first.domains] == [25, 17.5, 17.5, 15, 12.5, 12.5]
    assert [domain.weight_min for domain in second.domains] == [24, 15, 20, 18, 11, 12]


def test_course_certificates_have_no_outline_to_draw_exams_from(catalogue: Catalogue):
    assert not any(catalogue.version(code).domains for code in ("GA", "GAIE", "GCC"))


def test_the_quoted_waits_are_not_those_of_the_foundational_exams(catalogue: Catalogue):
    waits = {}
    for code in ("GAIL", "CDL", "ACE", "PMLE"):
        retake = catalogue.get(code).retake
        assert retake is not None
        waits[code] = [wait // timedelta(days=1) for wait in retake.versions[0].parameters.waits]
    assert waits == {"GAIL": [14], "CDL": [14], "ACE": [14, 60, 365], "PMLE": [14, 60, 365]}


def test_the_bank_ships_with_files_for_a_credential_of_the_catalogue(catalogue: Catalogue):
    for bank in BANKS:
        known = {
            objective.id for domain in catalogue.version(bank.certification).domains for objective in domain.objectives
        }
        files = list(bank.folder.glob("*.md"))
        written = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        assert files
        assert {line.removeprefix("objective: ") for line in written if line.startswith("objective: ")} == known
