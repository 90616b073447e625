from dataclasses import replace

import pytest
from packaging.specifiers import SpecifierSet

from lms_core.foundation.host.consent import asks_more, consent_lines, disclosed, renewal_lines
from lms_core.foundation.host.manifest import PersonalData
from lms_core.foundation.text import Titles

BOOKING = PersonalData("labs_booking", Titles("예약", "Booking"), 90)


@pytest.fixture
def labs(make_manifest):
    """A plugin that asks for something of every kind."""
    return make_manifest(
        "labs",
        requires={"cert_prep": ">=1"},
        hooks=("lms_show_home",),
        permissions=("labs.open_lab",),
        grants=("catalog.see_course",),
        hosts=("learn.example.com",),
        tasks=("labs.close",),
        settings=("seats",),
        personal_data=(BOOKING,),
    )


def test_everything_that_is_disclosed_is_shown(labs):
    shown = "\n".join(consent_lines(labs))
    for part in ("cert_prep >=1", "lms_show_home", "labs.open_lab", "learn.example.com", "labs.close", "seats"):
        assert part in shown
    assert "labs_booking: 예약 / Booking (90일 / 90 days)" in shown
    assert "labs_*" in shown


def test_what_is_not_asked_for_is_said_as_well(make_manifest):
    shown = "\n".join(consent_lines(make_manifest("labs")))
    assert "calls nobody" in shown
    assert "no personal data" in shown


def test_the_same_or_less_is_not_asked_for_again(labs, make_manifest):
    assert asks_more(disclosed(labs), labs) == ()
    assert asks_more(disclosed(labs), make_manifest("labs")) == ()


@pytest.mark.parametrize(
    ("change", "what", "before", "now"),
    [
        ({"hooks": ("lms_show_home", "lms_show_course")}, "hooks", "", "lms_show_course"),
        ({"permissions": ("labs.open_lab", "labs.close_lab")}, "permissions", "", "labs.close_lab"),
        ({"grants": ("people.see_person",)}, "grants", "catalog.see_course", "people.see_person"),
        ({"hosts": ("other.example.com",)}, "hosts", "learn.example.com", "other.example.com"),
        ({"tasks": ("labs.close", "labs.tell")}, "tasks", "", "labs.tell"),
        ({"settings": ("seats", "rooms")}, "settings", "", "rooms"),
        ({"url_prefix": "/rooms"}, "urls", "/labs", "/rooms"),
        (
            {"requires": {"cert_prep": SpecifierSet(">=1"), "google_certs": SpecifierSet(">=2")}},
            "requires",
            "",
            "google_certs >=2",
        ),
        (
            {"personal_data": (replace(BOOKING, purpose=Titles("예약", "Advertising")),)},
            "personal_data",
            "labs_booking: 예약 / Booking (90일 / 90 days)",
            "labs_booking: 예약 / Advertising (90일 / 90 days)",
        ),
        (
            {"personal_data": (replace(BOOKING, purpose=Titles("광고", "Booking")),)},
            "personal_data",
            "labs_booking: 예약 / Booking (90일 / 90 days)",
            "labs_booking: 광고 / Booking (90일 / 90 days)",
        ),
        (
            {"personal_data": (replace(BOOKING, retention_days=None),)},
            "personal_data",
            "labs_booking: 예약 / Booking (90일 / 90 days)",
            "labs_booking: 예약 / Booking (본인 정보가 삭제될 때까지 / until the person is erased)",
        ),
        (
            {"personal_data": (replace(BOOKING, retention_days=30),)},
            "personal_data",
            "labs_booking: 예약 / Booking (90일 / 90 days)",
            "labs_booking: 예약 / Booking (30일 / 30 days)",
        ),
        (
            {"personal_data": (BOOKING, replace(BOOKING, table="labs_visit"))},
            "personal_data",
            "",
            "labs_visit: 예약 / Booking (90일 / 90 days)",
        ),
    ],
)
def test_whatever_is_new_or_another_is_asked_for_again_beside_what_it_was(labs, change, what, before, now):
    coming = replace(labs, **change)
    (asked,) = asks_more(disclosed(labs), coming)
    assert (asked.what, asked.before, asked.now) == (what, before, now)
    shown = " ".join("\n".join(renewal_lines(disclosed(labs), coming, "0.9")).split())
    assert "(labs 0.9 -> 1.0)" in shown
    assert all(word in shown for word in (*before.split(), *now.split()))


def test_old_and_new_stand_side_by_side_in_columns(labs):
    moved = replace(labs, url_prefix="/rooms", hosts=("other.example.com",))
    _, head, hosts, urls = renewal_lines(disclosed(labs), moved, "0.9")
    assert "동의한 내용 / agreed to" in head
    assert "이제 묻는 내용 / asked now" in head
    assert urls.split() == ["주소", "/", "pages", "/labs", "/rooms"]
    assert hosts.split() == ["통신", "대상", "/", "network", "learn.example.com", "other.example.com"]
    assert len({_cells(one.partition(new)[0]) for one, new in ((hosts, "other"), (urls, "/rooms"))}) == 1


def _cells(said: str) -> int:
    """Korean letters are twice as wide."""
    return sum(2 if "가" <= letter <= "힣" else 1 for letter in said)
