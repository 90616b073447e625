import pytest

from lms_core.foundation.calling.answers import Failure
from lms_core.hooks.caller import Hooks, Shown
from lms_core.people.tables import persons

HERE = "/organisation"


@pytest.fixture
def admin(town):
    return town.site.browser(town.site.administrator())


@pytest.fixture
def operator(town):
    return town.site.browser(town.operator())


def page(client, url, status=200):
    answer = client.get(f"{HERE}/{url}")
    assert answer.status_code == status, answer.text
    return answer.text


def campus_form(town, **changes):
    values = {
        "title_ko": "강남 캠퍼스",
        "title_en": "Gangnam campus",
        "slug": "gangnam",
        "owner_id": str(town.city.id),
        "partner_id": "",
        "district": "강남구",
        "address": "",
        "opened_on": "2026-03-02",
        "version": "",
    }
    return values | changes


def test_an_administrator_opens_a_campus(town, admin):
    assert "City of Seoul" in page(admin, "campuses/new")
    done = admin.submit(f"{HERE}/campuses/new", **campus_form(town))
    assert done.status_code == 302
    shown = admin.get(done.location).text
    assert "Gangnam campus" in shown
    assert "Saved." in shown


def test_a_wrong_form_comes_back_with_what_was_typed_and_the_reason_beside_it(town, admin):
    refused = admin.submit(f"{HERE}/campuses/new", **campus_form(town, slug="Gang Nam", title_en=""))
    assert refused.status_code == 422
    assert 'value="Gang Nam"' in refused.text
    assert "Use lower-case letters" in refused.text
    assert 'id="f-title_en-error"' in refused.text


def test_a_stale_form_keeps_what_was_typed_shows_what_is_saved_and_can_then_be_saved(town, admin):
    url = f"{HERE}/campuses/{town.campus.id}/edit"
    form = campus_form(town, slug="seongbuk", version="1")
    assert admin.submit(url, **form | {"district": "saved meanwhile"}).status_code == 302
    refused = admin.submit(url, **form | {"district": "typed later"})
    assert refused.status_code == 409
    assert 'value="typed later"' in refused.text
    assert "saved meanwhile" in refused.text
    assert 'name="version" value="2"' in refused.text
    assert admin.submit(url, **form | {"district": "typed later", "version": "2"}).status_code == 302
    assert "typed later" in page(admin, f"campuses/{town.campus.id}")


def test_lists_are_searched_filtered_sorted_and_empty_states_say_what_to_do(town, admin):
    assert "Mapo campus" in page(admin, "campuses")
    assert "Seongbuk campus" not in page(admin, "campuses?dedicated=yes")
    found = page(admin, "campuses?sort=-title")
    assert found.index("Seongbuk campus") < found.index("Mapo campus")
    assert "No campus was found" in page(admin, "campuses?search=nowhere")
    assert "Hanbit Cloud" in page(admin, "organisations?kind=company")
    assert "No organisation was found" in page(admin, "organisations?search=nowhere")


def test_pages_speak_the_readers_language(town):
    korean = town.site.browser(town.site.administrator(), language="ko")
    shown = page(korean, "campuses")
    assert "마포 캠퍼스" in shown
    assert "한빛클라우드" in shown
    assert "캠퍼스 열기" in shown


def test_an_operator_runs_the_own_campus(town, operator):
    shown = page(operator, f"campuses/{town.campus.id}")
    assert "Add a department" in shown
    url = f"{HERE}/campuses/{town.campus.id}/departments/new"
    done = operator.submit(url, title_ko="인공지능학과", title_en="AI", slug="ai", version="")
    assert "AI" in operator.get(done.location).text


def test_a_partner_looks_at_its_campus_and_changes_nothing(town):
    partner = town.site.browser(town.partner_manager())
    shown = page(partner, f"campuses/{town.dedicated.id}")
    assert "Dedicated to Hanbit Cloud" in shown
    assert "Add a department" not in shown
    page(partner, f"campuses/{town.dedicated.id}/edit", 404)
    page(partner, f"campuses/{town.campus.id}", 404)


@pytest.mark.parametrize(
    "url",
    [
        "campuses/{dedicated}",
        "campuses/{dedicated}/edit",
        "campuses/{dedicated}/departments/new",
        "campuses/{dedicated}/members",
        "campuses/{dedicated}/members/new",
        "organisations/{partner}",
        "organisations/{partner}/edit",
        "organisations/{partner}/members",
    ],
)
def test_places_of_others_do_not_exist(town, operator, url):
    page(operator, url.format(dedicated=town.dedicated.id, partner=town.partner.id), 404)


def test_members_are_added_by_address_and_their_membership_ended(town, operator):
    town.site.person("yuna")
    url = f"{HERE}/campuses/{town.campus.id}/members/new"
    refused = operator.submit(url, email="nobody@example.org", position="staff", begun_on="2026-03-02")
    assert refused.status_code == 422
    assert "Nobody has an account with this address" in refused.text
    address = _address(town, "yuna")
    done = operator.submit(url, email=address, position="instructor", begun_on="2026-03-02")
    shown = operator.get(done.location).text
    assert "yuna" in shown
    again = operator.submit(url, email=address, position="instructor", begun_on="2026-03-02")
    assert (again.status_code, "already has this position" in again.text) == (409, True)
    end = shown.split("/organisation/memberships/")[1].split("/end")[0]
    ended = operator.submit(f"{HERE}/memberships/{end}/end", ended_on="2026-03-31")
    assert "No members here" in operator.get(ended.location).text
    assert "yuna" in page(operator, f"campuses/{town.campus.id}/members?ended=yes")


def _address(town, name):
    with town.site.house.work.read() as uow:
        return uow.session.query(persons.c.email).filter(persons.c.display_name == name).scalar()


def test_a_panel_that_fails_is_told_to_staff_alone(town, operator, monkeypatch):
    failed = (Shown("labs", None, Failure("labs", "lms_show_campus_page", "labs.py:1", "out of order")),)
    monkeypatch.setattr(Hooks, "show_campus_page", lambda *_: failed)
    assert "out of order" in page(operator, f"campuses/{town.campus.id}")
    partner = town.site.browser(town.partner_manager())
    assert "out of order" not in page(partner, f"campuses/{town.dedicated.id}")


def test_an_organisation_is_added_described_and_lists_its_campuses(town, admin):
    form = {"kind": "university", "slug": "sbu", "title_ko": "성북대학교", "title_en": "Seongbuk University"}
    done = admin.submit(f"{HERE}/organisations/new", **form, version="")
    assert "Seongbuk University" in admin.get(done.location).text
    edited = admin.submit(f"{done.location}/edit", **form | {"slug": "sbu2", "version": "1"})
    assert edited.status_code == 302
    assert "Mapo campus" in page(admin, f"organisations/{town.city.id}")
