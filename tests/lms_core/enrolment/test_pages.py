"""The pages as applicants, operators and people from elsewhere use them."""

import re
from datetime import date

import pytest

from lms_core.foundation.actors import Actor
from lms_core.foundation.identity import new_id
from lms_core.people.service import PrivacyService

HERE = "/enrolment"


@pytest.fixture
def yuna(academy):
    return academy.site.person("yuna")


@pytest.fixture
def applicant(academy, yuna):
    return academy.site.browser(yuna)


@pytest.fixture
def operator(academy):
    return academy.site.browser(academy.town.operator())


@pytest.fixture
def elsewhere(academy):
    return academy.site.browser(academy.town.operator(academy.town.dedicated))


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    return answer.text


def cohort_form(academy, **changes):
    values = {
        "course_id": str(academy.course_id),
        "campus_id": str(academy.town.campus.id),
        "number": "7",
        "title_ko": "7기",
        "title_en": "Cohort 7",
        "capacity": "20",
        "applications_from": "2026-03-01T09:00",
        "applications_until": "2026-03-20T18:00",
        "starts_on": "2026-10-01",
        "ends_on": "2026-12-31",
        "version": "",
    }
    return values | changes


def test_an_applicant_applies_sees_the_state_and_takes_it_back(academy, applicant):
    assert "AI engineer, AI engineer 1" in page(applicant, f"{HERE}/apply")
    url = f"{HERE}/apply/{academy.cohort_id}"
    assert "What is asked of applicants" in page(applicant, url)
    done = applicant.submit(url, motivation="I want to learn.")
    shown = applicant.get(done.location).text
    assert "Its number is 1" in shown
    assert "Being reviewed" in shown
    assert "I want to learn." in shown
    assert "Being reviewed" in page(applicant, f"{HERE}/apply")
    again = applicant.submit(url, motivation="Once more.")
    assert again.status_code == 409
    assert "You have applied already" in again.text
    back = applicant.submit(f"{done.location}/withdrawal")
    assert "Withdrawn" in applicant.get(back.location).text


def test_an_empty_motivation_comes_back_with_the_reason_beside_it(academy, applicant):
    refused = applicant.submit(f"{HERE}/apply/{academy.cohort_id}", motivation="")
    assert refused.status_code == 422
    assert 'id="f-motivation-error"' in refused.text


def test_what_is_not_met_is_said_before_applying(academy, yuna):
    academy.site.clock.move(days=15)
    applicant = academy.site.browser(yuna)
    shown = page(applicant, f"{HERE}/apply/{academy.cohort_id}")
    assert "Applications ended on" in shown
    assert "<textarea" not in shown
    assert "No cohort takes applications now" in page(applicant, f"{HERE}/apply")


def test_home_says_how_an_application_stands(academy, applicant, yuna):
    assert "Courses you can apply to: 1" in page(applicant, "/home")
    made = academy.apply(yuna)
    assert "Your application is being reviewed" in page(applicant, "/home")
    academy.accept(made)
    assert "It starts on April 1, 2026" in page(applicant, "/home")


def test_whoever_waits_is_told_the_place_in_the_line(academy, applicant, yuna):
    first = [academy.apply(academy.site.person()) for _ in range(2)]
    academy.accept(*first, academy.apply(yuna))
    assert "You stand at place 1 of the waiting list" in page(applicant, "/home")
    assert "Waiting list, place 1" in page(applicant, f"{HERE}/applications")


def test_a_profile_says_where_somebody_learns_to_those_who_may_know(academy, operator, applicant, yuna):
    # lms_show_person_profile
    academy.accept(academy.apply(yuna))
    assert "yuna" in page(operator, "/people/")
    assert "Has a place in" in page(operator, f"/people/{yuna}")
    assert "AI engineer, AI engineer 1" in page(applicant, f"/people/{yuna}")


def test_an_operator_plans_announces_and_closes_a_cohort(academy, operator):
    assert "AI engineer" in page(operator, f"{HERE}/cohorts/new")
    done = operator.submit(f"{HERE}/cohorts/new", **cohort_form(academy))
    assert "Announce it when it is ready" in operator.get(done.location).text
    assert "Taking applications" in operator.get(operator.submit(f"{done.location}/state", state="open").location).text
    assert "7" in page(operator, f"{HERE}/cohorts?search=Cohort 7")
    closed = operator.submit(f"{done.location}/state", state="closed")
    assert "takes no more applications" in operator.get(closed.location).text


def test_a_wrong_form_comes_back_with_what_was_typed_and_every_reason(academy, operator):
    wrong = cohort_form(academy, number="1", ends_on="2026-09-01", applications_until="2026-02-01T00:00")
    refused = operator.submit(f"{HERE}/cohorts/new", **wrong)
    assert refused.status_code == 422
    for name in ("ends_on", "applications_until"):
        assert f'id="f-{name}-error"' in refused.text
    assert 'value="2026-09-01"' in refused.text
    taken = operator.submit(f"{HERE}/cohorts/new", **cohort_form(academy, number="1"))
    assert (taken.status_code, 'id="f-number-error"' in taken.text) == (409, True)


def test_a_stale_form_shows_what_is_saved_and_can_then_be_saved(academy, operator):
    url = f"{HERE}/cohorts/{academy.cohort_id}"
    form = {key: value for key, value in cohort_form(academy, version="2").items() if not key.endswith("_id")}
    assert operator.submit(f"{url}/edit", **form | {"capacity": "9"}).status_code == 302
    refused = operator.submit(f"{url}/edit", **form | {"capacity": "12"})
    assert refused.status_code == 409
    assert 'name="version" value="3"' in refused.text
    assert operator.submit(f"{url}/edit", **form | {"capacity": "12", "version": "3"}).status_code == 302


def test_staff_accept_what_they_tick_and_learn_who_waits(academy, operator):
    ids = [str(academy.apply(academy.site.person(f"applicant {number}"))) for number in range(3)]
    url = f"{HERE}/cohorts/{academy.cohort_id}"
    assert "Applications to decide on: 3" in page(operator, "/home")
    done = operator.submit(f"{url}/acceptances", ids=ids)
    shown = operator.get(done.location).text
    assert "Places given: 2. On the waiting list: 1." in shown
    assert "Waiting list, place 1" in shown
    assert "applicant 2" in page(operator, f"{url}?state=waiting")
    nothing = operator.submit(f"{url}/acceptances")
    assert "Nothing was selected" in operator.get(nothing.location).text


def test_what_stands_against_an_acceptance_is_told_and_an_exception_can_be_made(academy, operator, yuna):
    past = academy.cohort(8, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 2))
    (made,) = academy.desk.accept(Actor(almighty=True), past, [academy.apply(yuna, past)])
    assert made.state == "placed"
    mine = academy.apply(yuna)
    academy.site.clock.move(days=2)
    url = f"{HERE}/cohorts/{academy.cohort_id}/acceptances"
    refused = operator.submit(url, ids=[str(mine)])
    assert refused.status_code == 409
    assert "You can apply again from March 2, 2027" in refused.text
    assert "Make an exception" in refused.text
    done = operator.submit(url, ids=[str(mine)], override="The first one was cut short.")
    assert "Places given: 1" in operator.get(done.location).text
    assert "exception" in page(operator, f"{HERE}/cohorts/{academy.cohort_id}")


def test_declining_asks_for_the_reason_that_the_applicant_then_reads(academy, operator, applicant, yuna):
    made = academy.apply(yuna)
    url = f"{HERE}/cohorts/{academy.cohort_id}/refusals"
    asked = operator.submit(url, ids=[str(made)])
    assert "Decline 1 application" in asked.text
    assert "yuna" in asked.text
    assert operator.submit(url, ids=[str(made)], note="").status_code == 422
    done = operator.submit(url, ids=[str(made)], note="Papers are missing.")
    assert "Declined: 1 of 1." in operator.get(done.location).text
    assert "Papers are missing." in page(applicant, f"{HERE}/applications/{made}")


def test_somebody_is_added_by_address_and_withdrawn_and_the_next_one_moves_up(academy, operator, yuna):
    url = f"{HERE}/cohorts/{academy.cohort_id}/places"
    assert "Nobody has an account" in operator.submit(url, email="nobody@example.org", override="").text
    done = operator.submit(url, email=academy.address(yuna), override="")
    shown = operator.get(done.location).text
    assert "The person has a place." in shown
    academy.accept(*(academy.apply(academy.site.person(f"next {number}")) for number in range(2)))
    assert "next 1" not in page(operator, url)
    place = re.search(r"/enrolment/places/([0-9a-f-]+)/withdrawal", shown)[1]
    operator.submit(f"{HERE}/places/{place}/withdrawal", reason="취업")
    after = page(operator, url)
    assert "next 1" in after
    assert "First in line when somebody left" in after
    assert "취업" in page(operator, f"{url}?state=withdrawn")


@pytest.mark.parametrize("url", ["cohorts/{0}", "cohorts/{0}/edit", "cohorts/{0}/places", "applications/{1}"])
def test_what_lies_elsewhere_does_not_exist(academy, elsewhere, url):
    made = academy.apply(academy.site.person())
    page(elsewhere, f"{HERE}/{url.format(academy.cohort_id, made)}", 404)
    page(elsewhere, f"{HERE}/{url.format(new_id(), new_id())}", 404)


def test_an_applicant_sees_nothing_of_the_desk(academy, applicant):
    page(applicant, f"{HERE}/cohorts", 403)
    page(applicant, f"{HERE}/cohorts/{academy.cohort_id}", 404)
    page(applicant, f"{HERE}/cohorts/{academy.cohort_id}/places", 404)


def test_a_partner_looks_at_its_own_cohorts_alone(academy):
    partner = academy.site.browser(academy.town.partner_manager())
    page(partner, f"{HERE}/cohorts/{academy.cohort_id}", 404)
    assert "There is no cohort yet" in page(partner, f"{HERE}/cohorts")


def test_pages_speak_korean(academy, yuna):
    korean = academy.site.browser(yuna, language="ko")
    shown = page(korean, f"{HERE}/apply/{academy.cohort_id}")
    assert "신청 자격" in shown
    assert "AI 엔지니어 AI 엔지니어 1기" in shown


def test_empty_lists_say_what_to_do(academy, applicant, operator):
    assert "You have not applied yet" in page(applicant, f"{HERE}/applications")
    assert "No cohort was found" in page(operator, f"{HERE}/cohorts?search=nowhere")
    assert "Nobody has applied yet" in page(operator, f"{HERE}/cohorts/{academy.cohort_id}")
    assert "Nobody has a place yet" in page(operator, f"{HERE}/cohorts/{academy.cohort_id}/places")


def test_personal_data_is_exported_and_blanked_while_the_figures_stay(academy, yuna):
    made = academy.apply(yuna)
    academy.accept(made)
    privacy = academy.site.provide(PrivacyService)
    rows = privacy.export(Actor(yuna), yuna)
    assert {"enrolment_application", "enrolment_decision", "enrolment_enrolment"} <= {k for k, v in rows.items() if v}
    privacy.erase(Actor(yuna), yuna)
    found = academy.desk.get(Actor(almighty=True), made)
    assert (found.name, found.application.answers, found.application.state) == ("", None, "placed")


def test_the_task_that_fills_places_resolves_and_runs(academy):
    people = [academy.site.person() for _ in range(3)]
    academy.accept(*(academy.apply(one) for one in people))
    academy.applying.withdraw(Actor(people[0]), academy.applying.live(people[0])[0].id)
    academy.site.clock.move(minutes=2)
    academy.site.run_background()
    assert academy.applying.live(people[2])[0].application.state == "placed"
