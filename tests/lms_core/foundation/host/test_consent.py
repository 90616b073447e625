from lms_core.foundation.host.consent import asks_more, consent_lines, disclosed
from lms_core.foundation.host.manifest import PersonalData
from lms_core.foundation.text import Titles

BOOKING = PersonalData("labs_booking", Titles("예약", "Booking"), 90)


def test_everything_that_is_disclosed_is_shown(make_manifest):
    manifest = make_manifest(
        "labs",
        requires={"cert_prep": ">=1"},
        hooks=("lms_show_home",),
        permissions=("labs.open_lab",),
        hosts=("learn.example.com",),
        tasks=("labs.close",),
        settings=("seats",),
        personal_data=(BOOKING,),
    )
    shown = "\n".join(consent_lines(manifest))
    for part in ("cert_prep >=1", "lms_show_home", "labs.open_lab", "learn.example.com", "labs.close", "seats"):
        assert part in shown
    assert "labs_booking: 예약 / Booking (90 days)" in shown
    assert "labs_*" in shown


def test_what_is_not_asked_for_is_said_as_well(make_manifest):
    shown = "\n".join(consent_lines(make_manifest("labs")))
    assert "calls nobody" in shown
    assert "no personal data" in shown


def test_only_what_is_more_is_asked_for_again(make_manifest):
    before = disclosed(make_manifest("labs", hosts=("a.example",), hooks=("lms_show_home",)))
    assert asks_more(before, make_manifest("labs", hosts=("a.example",))) == ()
    more = make_manifest("labs", hosts=("a.example", "b.example"), personal_data=(BOOKING,))
    assert asks_more(before, more) == ("hosts: b.example", "personal_data: labs_booking")
