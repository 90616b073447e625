import re

import pytest

from lms_core.foundation.calling.answers import Failure
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import text
from lms_core.hooks.caller import Hooks, Shown
from lms_core.hooks.site import Panel

HERE = "/catalog"


@pytest.fixture
def author(town):
    return town.site.browser(town.site.person("author", instructor=Scope("campus", str(town.campus.id))))


@pytest.fixture
def course(town, author):
    done = author.submit(f"{HERE}/authoring/new", **form(town))
    assert done.status_code == 302, done.text
    return done.location.rpartition("/")[2]


@pytest.fixture
def activity(author, course):
    module = part(author.submit(f"{HERE}/authoring/{course}/modules/new", title_ko="시작", title_en="Start"))
    url = f"{HERE}/authoring/{course}/modules/{module}/activities/new"
    done = author.submit(url, kind="catalog.page", title_ko="환영", title_en="Welcome", minutes="10")
    identifier = done.location.rpartition("/")[2]
    saved = author.submit(f"{HERE}/authoring/{course}/activities/{identifier}", **written())
    assert saved.status_code == 302, saved.text
    return identifier


def form(town, **changes):
    values = {
        "title_ko": "AI 기초",
        "title_en": "AI basics",
        "slug": "ai",
        "languages": ["ko", "en"],
        "place": f"campus:{town.campus.id}",
        "curriculum": "",
        "summary_ko": "",
        "summary_en": "",
    }
    return values | changes


def written(**changes):
    texts = {"title_ko": "환영", "title_en": "Welcome", "body_ko": "## 안녕", "body_en": "## Hello"}
    return texts | {"minutes": "10", "version": "1"} | changes


def part(answer):
    return answer.location.rpartition("#part-")[2]


def page(client, url, status=200):
    answer = client.get(f"{HERE}/{url}")
    assert answer.status_code == status, answer.text
    return answer.text


def publish(author, course):
    shown = page(author, f"authoring/{course}/publish")
    digest = re.search(r'name="digest" value="(\w+)"', shown)
    assert digest, shown
    return author.submit(f"{HERE}/authoring/{course}/publish", digest=digest[1], note="First")


def test_an_author_begins_writes_and_publishes_a_course(town, author, course, activity):
    assert "Welcome" in page(author, f"authoring/{course}")
    done = publish(author, course)
    assert "Revision 1 is published" in author.get(done.location).text
    assert "what learners read" in page(author, f"authoring/{course}/revisions")
    reader = town.site.browser(town.site.person("reader", trainee=Scope("course", course)))
    assert "AI basics" in page(reader, "courses")
    assert "Open the first activity" in page(reader, f"courses/{course}")
    shown = page(reader, f"courses/{course}/activities/{activity}")
    assert "<h2>Hello</h2>" in shown
    assert "Edit" not in shown


def test_a_course_that_is_not_ready_says_every_reason(author, course):
    shown = page(author, f"authoring/{course}/publish")
    assert "The course has no module yet." in shown
    assert 'name="digest"' not in shown
    refused = author.submit(f"{HERE}/authoring/{course}/publish", digest="", note="")
    assert refused.status_code == 409
    assert "The course has no module yet." in refused.text


def test_what_the_author_did_not_see_is_not_published(author, course, activity):
    shown = page(author, f"authoring/{course}/publish")
    digest = re.search(r'name="digest" value="(\w+)"', shown)[1]
    author.submit(f"{HERE}/authoring/{course}/activities/{activity}", **written(body_en="Else", version="2"))
    refused = author.submit(f"{HERE}/authoring/{course}/publish", digest=digest, note="My words")
    assert refused.status_code == 409
    assert "My words" in refused.text
    assert digest not in refused.text


def test_a_stale_editor_keeps_what_was_typed_shows_what_is_saved_and_can_then_be_saved(author, course, activity):
    url = f"{HERE}/authoring/{course}/activities/{activity}"
    assert author.submit(url, **written(body_en="Saved meanwhile", version="2")).status_code == 302
    refused = author.submit(url, **written(body_en="Typed later", version="2"))
    assert refused.status_code == 409
    assert "Typed later" in refused.text
    assert "Saved meanwhile" in refused.text
    assert 'name="version" value="3"' in refused.text
    assert author.submit(url, **written(body_en="Typed later", version="3")).status_code == 302
    assert "Typed later" in page(author, f"authoring/{course}/activities/{activity}")


def test_another_mistake_does_not_make_a_stale_form_look_fresh(author, course, activity):
    url = f"{HERE}/authoring/{course}/activities/{activity}"
    refused = author.submit(url, **written(minutes="-1", version="1"))
    assert refused.status_code == 422
    assert 'name="version" value="1"' in refused.text


def test_the_preview_shows_what_is_written_and_keeps_nothing(author, course, activity):
    url = f"{HERE}/authoring/{course}/preview?language=en"
    shown = author.submit(url, body_en="**New** <script>x</script>", body_ko="옛")
    assert "<strong>New</strong>" in shown.text
    assert "<script>" not in shown.text
    assert "New" not in page(author, f"authoring/{course}/activities/{activity}").split("Text in English")[1]


def test_parts_are_moved_by_buttons_with_and_without_script(author, course, activity):
    second = part(author.submit(f"{HERE}/authoring/{course}/modules/new", title_ko="둘째", title_en="Second"))
    moved = author.submit(f"{HERE}/authoring/{course}/modules/{second}/move", by="-1")
    assert moved.location.endswith(f"#part-{second}")
    shown = page(author, f"authoring/{course}")
    assert shown.index("Second") < shown.index("Start")
    author.environ_base["HTTP_HX_REQUEST"] = "true"
    fragment = author.submit(f"{HERE}/authoring/{course}/activities/{activity}/move", by="-1")
    assert fragment.status_code == 200
    assert "<html" not in fragment.text
    assert fragment.text.index("Welcome") < fragment.text.index("Start")


def test_parts_are_renamed_and_taken_out(author, course, activity):
    shown = page(author, f"authoring/{course}")
    module = re.search(r"/modules/([0-9a-f-]+)/edit", shown)[1]
    renamed = author.submit(
        f"{HERE}/authoring/{course}/modules/{module}/edit", title_ko="첫", title_en="First", version="1"
    )
    assert "First" in author.get(renamed.location).text
    author.submit(f"{HERE}/authoring/{course}/activities/{activity}/remove")
    gone = author.submit(f"{HERE}/authoring/{course}/modules/{module}/remove")
    assert "This course has no module yet" in author.get(gone.location).text


def test_a_link_leads_to_the_web_and_nowhere_else(town, author, course, activity):
    shown = page(author, f"authoring/{course}")
    module = re.search(r"/modules/([0-9a-f-]+)/edit", shown)[1]
    url = f"{HERE}/authoring/{course}/modules/{module}/activities/new"
    done = author.submit(url, kind="catalog.link", title_ko="문서", title_en="Document", minutes="0")
    link = done.location.rpartition("/")[2]
    values = written(title_en="Document", setting_url="javascript:alert(1)", setting_label="Read it")
    author.submit(f"{HERE}/authoring/{course}/activities/{link}", **values)
    publish(author, course)
    assert "javascript:alert" not in page(author, f"courses/{course}/activities/{link}")
    values = written(title_en="Document", setting_url="https://example.org/a", setting_label="Read it", version="2")
    author.submit(f"{HERE}/authoring/{course}/activities/{link}", **values)
    publish(author, course)
    shown = page(author, f"courses/{course}/activities/{link}")
    assert 'href="https://example.org/a" rel="noopener noreferrer external"' in shown
    assert "Read it" in shown


def test_an_old_revision_is_looked_at_and_published_again(author, course, activity):
    publish(author, course)
    author.submit(f"{HERE}/authoring/{course}/activities/{activity}", **written(body_en="Second", version="2"))
    publish(author, course)
    shown = page(author, f"authoring/{course}/revisions/1")
    assert "Hello" in shown
    assert "Publish this again" in shown
    assert "Publish this again" not in page(author, f"authoring/{course}/revisions/2")
    done = author.submit(f"{HERE}/authoring/{course}/revisions/1/restore")
    assert "published again, as revision 3" in author.get(done.location).text
    page(author, f"authoring/{course}/revisions/9", 404)


def test_details_are_changed_and_a_stale_form_is_kept(author, course):
    url = f"{HERE}/authoring/{course}/details"
    values = {"title_ko": "AI", "title_en": "AI", "slug": "ai", "languages": ["ko", "en"], "version": "1"}
    assert author.submit(url, **values | {"summary_en": "Saved meanwhile"}).status_code == 302
    refused = author.submit(url, **values | {"summary_en": "Typed later"})
    assert refused.status_code == 409
    assert "Typed later" in refused.text
    assert "Saved meanwhile" in refused.text


def test_a_wrong_course_comes_back_with_what_was_typed(town, author):
    refused = author.submit(f"{HERE}/authoring/new", **form(town, slug="A I", place="", title_en=""))
    assert refused.status_code == 422
    assert 'value="A I"' in refused.text
    assert "Use lower-case letters" in refused.text


def test_lists_say_what_to_do_when_they_are_empty(town, author):
    assert "There is no course yet" in page(author, "authoring")
    assert "No course was found" in page(author, "authoring?search=nowhere")
    assert "No course is published yet" in page(author, "courses")


@pytest.mark.parametrize(
    "url",
    [
        "courses/{course}",
        "courses/{course}/activities/{activity}",
        "authoring/{course}",
        "authoring/{course}/details",
        "authoring/{course}/activities/{activity}",
        "authoring/{course}/publish",
        "authoring/{course}/revisions",
        "authoring/{course}/revisions/1",
        "authoring/{course}/modules/new",
    ],
)
@pytest.mark.parametrize("role", ["instructor", "campus_operator", "partner_manager", None])
def test_courses_of_others_do_not_exist(town, author, course, activity, url, role):
    publish(author, course)
    roles = {role: Scope("campus", str(town.dedicated.id))} if role else {}
    other = town.site.browser(town.site.person("other", **roles))
    page(other, url.format(course=course, activity=activity), 404)


def test_a_reader_never_sees_the_authors_pages(town, author, course, activity):
    publish(author, course)
    reader = town.site.browser(town.site.person("reader", trainee=Scope("course", course)))
    page(reader, f"courses/{course}")
    page(reader, f"authoring/{course}", 404)
    page(reader, "authoring", 403)


def test_whoever_is_not_signed_in_is_asked_to(town, course):
    answer = town.site.browser().get(f"{HERE}/courses/{course}")
    assert (answer.status_code, "/people/sign-in" in answer.location) == (302, True)


def test_panels_stand_below_an_activity_and_their_failures_are_told_to_its_authors(
    town, author, course, activity, monkeypatch
):
    """What answers lms_show_activity_page."""
    publish(author, course)
    panel = Panel("labs", text("Your lab"), text("It is ready."))
    failure = Failure("labs", "lms_show_activity_page", "labs.py:1", "out of order")
    shown = (Shown("labs", panel), Shown("labs", None, failure))
    monkeypatch.setattr(Hooks, "show_activity_page", lambda *_: shown)
    reader = town.site.browser(town.site.person("reader", trainee=Scope("course", course)))
    url = f"courses/{course}/activities/{activity}"
    assert "Your lab" in page(reader, url)
    assert "out of order" not in page(reader, url)
    assert "out of order" in page(author, url)
