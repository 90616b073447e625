from datetime import date

from cert_prep.domain.mock_exams import reasons_against
from tests.support.certifications import CHECKED, certification, specification


def test_a_retired_outline_is_refused_and_its_successor_named():
    old = specification(status="retired", retired_on=date(2026, 6, 30), successor="XY-901")
    reasons = reasons_against(certification(old), old, date(2026, 7, 1))
    assert [reason.code for reason in reasons] == ["version-retired"]
    assert "XY-901" in str(reasons[0].reason)


def test_until_its_last_day_an_outline_can_be_used():
    ending = specification(retired_on=date(2026, 6, 30), successor="XY-901")
    assert reasons_against(certification(ending), ending, date(2026, 6, 29)) == ()


def test_a_credential_without_domains_is_no_exam():
    bare = specification(weights=())
    assert [reason.code for reason in reasons_against(certification(bare), bare, CHECKED)] == ["no-outline"]
