import pytest

from lms_core.foundation.identity import new_id

HERE = "/api/v1/organisation"


@pytest.fixture
def admin_client(town):
    return town.site.program(town.site.administrator())


def campus_json(town, **changes):
    values = {"title_ko": "강남 캠퍼스", "title_en": "Gangnam campus", "slug": "gangnam", "owner_id": str(town.city.id)}
    return values | changes


def test_an_administrator_opens_a_campus_and_finds_it(town, admin_client):
    made = admin_client.post(f"{HERE}/campuses", json=campus_json(town, opened_on="2026-03-02"))
    assert made.status_code == 201
    assert made.json["opened_on"] == "2026-03-02"
    found = admin_client.get(f"{HERE}/campuses?search=gangnam").json
    assert [one["id"] for one in found["items"]] == [made.json["id"]]
    assert (found["total"], found["next"]) == (1, None)


def test_lists_are_cut_into_pages(town, admin_client):
    first = admin_client.get(f"{HERE}/campuses?size=1&sort=slug").json
    assert ([one["slug"] for one in first["items"]], first["next"], first["total"]) == (["mapo"], 2, 2)
    last = admin_client.get(f"{HERE}/campuses?size=1&sort=slug&page=2").json
    assert ([one["slug"] for one in last["items"]], last["next"]) == (["seongbuk"], None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "Gang Nam"}, "slug"),
        ({"title_en": ""}, "title_en"),
        ({"owner_id": "seoul"}, "owner_id"),
        ({"opened_on": "yesterday"}, "opened_on"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_breaks_a_rule_is_named(town, admin_client, changes, field):
    refused = admin_client.post(f"{HERE}/campuses", json=campus_json(town, **changes))
    assert refused.status_code == 422
    assert list(refused.json["errors"]) == [field]


def test_a_taken_name_is_a_conflict_beside_its_field(town, admin_client):
    refused = admin_client.post(f"{HERE}/campuses", json=campus_json(town, slug="mapo"))
    assert (refused.status_code, refused.json["type"]) == (409, "slug-taken")
    assert list(refused.json["errors"]) == ["slug"]


def test_a_stale_change_is_a_conflict_that_names_the_newer_version(town, admin_client):
    url = f"{HERE}/campuses/{town.campus.id}"
    changed = campus_json(town, slug="seongbuk", version=1)
    assert admin_client.put(url, json=changed).json["version"] == 2
    refused = admin_client.put(url, json=changed)
    assert (refused.status_code, refused.json["type"], refused.json["version"]) == (409, "changed-meanwhile", "2")


def test_an_operator_sees_and_runs_the_own_campus_alone(town):
    client = town.site.program(town.operator())
    assert [one["slug"] for one in client.get(f"{HERE}/campuses").json["items"]] == ["seongbuk"]
    assert client.get(f"{HERE}/campuses/{town.campus.id}").status_code == 200
    assert client.post(f"{HERE}/campuses", json=campus_json(town)).status_code == 403
    for url in (
        f"campuses/{town.dedicated.id}",
        f"campuses/{town.dedicated.id}/departments",
        f"campuses/{town.dedicated.id}/members",
        f"organisations/{town.partner.id}",
        f"organisations/{town.partner.id}/members",
    ):
        assert client.get(f"{HERE}/{url}").status_code == 404


def test_what_exists_and_what_does_not_look_alike_to_a_stranger(town):
    client = town.site.program(town.site.person())
    hidden = client.get(f"{HERE}/campuses/{town.campus.id}").json
    absent = client.get(f"{HERE}/campuses/{new_id()}").json
    assert hidden | {"reference": ""} == absent | {"reference": ""}
    assert client.get(f"{HERE}/campuses").status_code == 403


def test_nobody_gets_in_without_an_account(town):
    client = town.site.program()
    assert client.get(f"{HERE}/campuses").status_code == 401
    assert client.get(f"{HERE}/organisations/{town.city.id}").status_code == 401


def test_departments_are_added_and_changed(town):
    client = town.site.program(town.operator())
    url = f"{HERE}/campuses/{town.campus.id}/departments"
    values = {"title_ko": "인공지능학과", "title_en": "AI", "slug": "ai"}
    made = client.post(url, json=values).json
    changed = client.put(f"{url}/{made['id']}", json=values | {"title_en": "Artificial intelligence", "version": 1})
    assert changed.json["title_en"] == "Artificial intelligence"
    assert client.get(url).json["items"] == [changed.json]
    assert client.put(f"{url}/{new_id()}", json=values | {"version": 1}).status_code == 404


def test_members_join_and_leave(town):
    person_id = town.site.person("유나")
    client = town.site.program(town.operator())
    wanted = {
        "person_id": str(person_id),
        "campus_id": str(town.campus.id),
        "position": "staff",
        "begun_on": "2026-03-02",
    }
    made = client.post(f"{HERE}/memberships", json=wanted)
    assert (made.status_code, made.json["name"]) == (201, "유나")
    assert client.post(f"{HERE}/memberships", json=wanted).json["type"] == "already-member"
    members = client.get(f"{HERE}/campuses/{town.campus.id}/members").json["items"]
    assert [one["id"] for one in members] == [made.json["id"]]
    ended = client.post(f"{HERE}/memberships/{made.json['id']}/end", json={"ended_on": "2026-06-30"})
    assert ended.json["ended_on"] == "2026-06-30"
    elsewhere = wanted | {"campus_id": str(town.dedicated.id)}
    assert client.post(f"{HERE}/memberships", json=elsewhere).status_code == 404


def test_an_administrator_adds_and_changes_organisations(town, admin_client):
    values = {"kind": "university", "slug": "seongbuk-university", "title_ko": "성북대학교", "title_en": "Seongbuk"}
    made = admin_client.post(f"{HERE}/organisations", json=values).json
    changed = admin_client.put(f"{HERE}/organisations/{made['id']}", json=values | {"slug": "sbu", "version": 1})
    assert changed.json["slug"] == "sbu"
    found = admin_client.get(f"{HERE}/organisations?kind=university").json
    assert [one["slug"] for one in found["items"]] == ["sbu"]
    assert admin_client.get(f"{HERE}/organisations?kind=club").status_code == 422
