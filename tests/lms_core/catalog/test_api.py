import pytest

from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope

HERE = "/api/v1/catalog"
TITLES = {"title_ko": "AI 기초", "title_en": "AI basics"}


@pytest.fixture
def client(town):
    campus = Scope("campus", str(town.campus.id))
    return town.site.program(town.site.person("author", instructor=campus))


@pytest.fixture
def course(town, client):
    wanted = TITLES | {"slug": "ai", "languages": ["ko", "en"], "place": f"campus:{town.campus.id}"}
    made = client.post(f"{HERE}/drafts", json=wanted)
    assert made.status_code == 201, made.json
    return made.json


@pytest.fixture
def page(client, course):
    draft = f"{HERE}/drafts/{course['id']}"
    module = client.post(f"{draft}/modules", json={"title_ko": "시작", "title_en": "Start"}).json
    wanted = {"kind": "catalog.page", "title_ko": "환영", "title_en": "Welcome", "minutes": 10}
    made = client.post(f"{draft}/modules/{module['id']}/activities", json=wanted).json
    written = {
        "title_ko": "환영",
        "title_en": "Welcome",
        "body_ko": "## 안녕",
        "body_en": "## Hello",
        "minutes": 10,
        "version": 1,
    }
    answer = client.put(f"{draft}/activities/{made['id']}", json=written)
    assert answer.status_code == 200, answer.json
    return answer.json


def publish(client, course, **said):
    return client.post(f"{HERE}/drafts/{course['id']}/publication", json=said)


def test_a_course_is_begun_written_and_published(town, client, course, page):
    draft = client.get(f"{HERE}/drafts/{course['id']}").json
    assert [[each["title_en"] for each in module["activities"]] for module in draft["modules"]] == [["Welcome"]]
    seen = client.get(f"{HERE}/drafts/{course['id']}/publication").json
    assert (seen["number"], seen["reasons"]) == (1, [])
    made = publish(client, course, note="First", digest=seen["digest"])
    assert (made.status_code, made.json["number"], made.json["note"]) == (201, 1, "First")
    read = client.get(f"{HERE}/courses/{course['id']}").json
    assert read["modules"][0]["activities"][0]["title_en"] == "Welcome"
    activity = client.get(f"{HERE}/courses/{course['id']}/activities/{page['id']}").json
    assert activity["html_en"] == "<h2>Hello</h2>\n"
    assert (activity["state"], activity["previous_id"], activity["next_id"]) == ("shown", None, None)


def test_all_reasons_against_publishing_come_together(client, course):
    refused = publish(client, course)
    assert (refused.status_code, refused.json["type"]) == (409, "not-publishable")
    assert [reason["code"] for reason in refused.json["reasons"]] == ["no-modules"]
    seen = client.get(f"{HERE}/drafts/{course['id']}/publication").json
    assert [reason["code"] for reason in seen["reasons"]] == ["no-modules"]


def test_a_stale_activity_is_a_conflict_that_names_the_newer_version(client, course, page):
    url = f"{HERE}/drafts/{course['id']}/activities/{page['id']}"
    written = {"title_ko": "새", "title_en": "New", "version": page["version"]}
    assert client.put(url, json=written).json["version"] == page["version"] + 1
    refused = client.put(url, json=written)
    assert (refused.status_code, refused.json["type"]) == (409, "changed-meanwhile")
    assert refused.json["version"] == str(page["version"] + 1)


def test_parts_are_moved_renamed_and_taken_out(client, course, page):
    draft = f"{HERE}/drafts/{course['id']}"
    second = client.post(f"{draft}/modules", json={"title_ko": "둘째", "title_en": "Second"}).json
    assert client.post(f"{draft}/modules/{second['id']}/move", json={"by": -1}).status_code == 204
    modules = client.get(draft).json["modules"]
    assert [module["title_en"] for module in modules] == ["Second", "Start"]
    assert client.post(f"{draft}/activities/{page['id']}/move", json={"by": -1}).status_code == 204
    assert len(client.get(draft).json["modules"][0]["activities"]) == 1
    renamed = client.put(f"{draft}/modules/{second['id']}", json={"title_en": "2nd", "version": 1})
    assert (renamed.json["title_en"], renamed.json["version"]) == ("2nd", 2)
    assert client.delete(f"{draft}/activities/{page['id']}").status_code == 204
    assert client.delete(f"{draft}/modules/{second['id']}").status_code == 204
    assert client.post(f"{draft}/modules/{new_id()}/move", json={"by": 1}).status_code == 404
    assert client.post(f"{draft}/modules/{modules[1]['id']}/move", json={"by": 5}).status_code == 422


def test_going_back_makes_a_new_revision(client, course, page):
    publish(client, course)
    draft = f"{HERE}/drafts/{course['id']}"
    changed = {"title_ko": "새", "title_en": "New", "body_ko": "새", "body_en": "New", "version": page["version"]}
    client.put(f"{draft}/activities/{page['id']}", json=changed)
    assert publish(client, course).json["changes"][0]["verb"] == "changed"
    restored = client.post(f"{draft}/revisions/1/restoration")
    assert (restored.status_code, restored.json["number"], restored.json["restored_from"]) == (201, 3, 1)
    assert [one["number"] for one in client.get(f"{draft}/revisions?size=2").json["items"]] == [3, 2]
    assert client.get(f"{draft}/revisions/1").json["modules"][0]["activities"][0]["title_en"] == "Welcome"
    assert client.get(f"{draft}/revisions/9").status_code == 404


def test_readers_find_all_published_courses_and_open_their_own(town, client, course, page):
    publish(client, course)
    trainee = town.site.program(town.site.person("trainee", trainee=Scope("course", course["id"])))
    stranger = town.site.program(town.site.person())
    assert [one["open"] for one in trainee.get(f"{HERE}/courses").json["items"]] == [True]
    assert [one["open"] for one in stranger.get(f"{HERE}/courses").json["items"]] == [False]
    assert trainee.get(f"{HERE}/courses/{course['id']}").status_code == 200
    for url in (f"courses/{course['id']}", f"courses/{course['id']}/activities/{page['id']}", f"drafts/{course['id']}"):
        assert stranger.get(f"{HERE}/{url}").status_code == 404
    assert trainee.get(f"{HERE}/drafts/{course['id']}").status_code == 404
    assert trainee.get(f"{HERE}/drafts").status_code == 403


def test_an_author_of_another_campus_finds_and_changes_nothing(town, client, course, page):
    other = town.site.program(town.site.person("other", instructor=Scope("campus", str(town.dedicated.id))))
    assert other.get(f"{HERE}/drafts").json["items"] == []
    draft = f"{HERE}/drafts/{course['id']}"
    for answer in (
        other.get(draft),
        other.put(draft, json=TITLES | {"slug": "ai", "languages": ["ko"], "version": 1}),
        other.get(f"{draft}/publication"),
        other.post(f"{draft}/publication", json={}),
        other.get(f"{draft}/revisions"),
        other.post(f"{draft}/modules", json=TITLES),
        other.put(f"{draft}/activities/{page['id']}", json=TITLES | {"version": 2}),
        other.delete(f"{draft}/activities/{page['id']}"),
    ):
        assert answer.status_code == 404
    wanted = TITLES | {"slug": "mine", "languages": ["ko"], "place": f"campus:{town.campus.id}"}
    assert other.post(f"{HERE}/drafts", json=wanted).status_code == 403


def test_nobody_gets_in_without_an_account(town, course):
    client = town.site.program()
    for url in ("courses", "drafts", f"courses/{course['id']}", f"drafts/{course['id']}", "curricula"):
        assert client.get(f"{HERE}/{url}").status_code == 401


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "A I"}, "slug"),
        ({"languages": []}, "languages"),
        ({"languages": ["fr"]}, "languages.0"),
        ({"title_en": ""}, "title_en"),
        ({"place": "moon"}, "place"),
        ({"curriculum": "unheard-of"}, "curriculum"),
    ],
)
def test_what_breaks_a_rule_is_named(town, client, changes, field):
    wanted = TITLES | {"slug": "ai", "languages": ["ko", "en"], "place": f"campus:{town.campus.id}"}
    refused = client.post(f"{HERE}/drafts", json=wanted | changes)
    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])


def test_kinds_say_what_they_ask_for(client, course):
    kinds = client.get(f"{HERE}/drafts/{course['id']}/kinds").json["items"]
    link = next(one for one in kinds if one["name"] == "catalog.link")
    assert [setting["name"] for setting in link["settings"]] == ["url", "label"]
