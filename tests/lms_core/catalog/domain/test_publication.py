from dataclasses import replace

from lms_core.catalog.domain import ActivityContent, Content, ModuleContent, facts_of, faults
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles

KINDS = {"catalog.page", "catalog.link"}
PAGE = ActivityContent(new_id(), "catalog.page", Titles("소개", "Welcome"), Titles("본문", "Text"), {}, 10)
LINK = ActivityContent(new_id(), "catalog.link", Titles("링크", "Link"), settings={"url": "https://example.org"})
MODULE = ModuleContent(new_id(), Titles("시작", "Start"), "start", (PAGE, LINK))
CONTENT = Content(Titles("과정", "Course"), Titles("", ""), ("ko", "en"), "dedicated", "2026.1", (MODULE,))


def codes(content, published=None, kinds=KINDS):
    return [fault.code for fault in faults(content, published, kinds)]


def with_activity(**changes):
    changed = replace(PAGE, **changes)
    return replace(CONTENT, modules=(replace(MODULE, activities=(changed,)),))


def test_a_complete_course_has_nothing_against_it():
    assert codes(CONTENT) == []


def test_an_unchanged_course_is_not_published_again():
    assert codes(CONTENT, CONTENT) == ["nothing-changed"]


def test_every_part_needs_a_title_in_every_language_of_the_course():
    assert codes(replace(CONTENT, titles=Titles("과정", ""))) == ["course-title"]
    assert codes(replace(CONTENT, modules=(replace(MODULE, titles=Titles("시작", " ")),))) == ["module-title"]
    assert codes(with_activity(titles=Titles("", "Welcome"))) == ["activity-title"]
    assert codes(replace(with_activity(titles=Titles("", "Welcome")), languages=("en",))) == []


def test_a_page_needs_its_text_in_every_language_of_the_course():
    assert codes(with_activity(body=Titles("본문", ""))) == ["no-text"]
    assert codes(with_activity(body=Titles("", ""))) == ["no-text", "no-text"]


def test_a_link_needs_somewhere_to_lead():
    assert codes(with_activity(kind="catalog.link", settings={})) == ["no-link"]


def test_a_course_needs_modules_and_a_module_needs_activities():
    assert codes(replace(CONTENT, modules=())) == ["no-modules"]
    assert codes(replace(CONTENT, modules=(replace(MODULE, activities=()),))) == ["empty-module"]


def test_an_activity_whose_plugin_is_off_stands_against_publishing():
    assert codes(with_activity(kind="labs.lab")) == ["unknown-kind"]


def test_all_reasons_are_given_at_once():
    broken = replace(with_activity(body=Titles("", "Text"), kind="catalog.page"), titles=Titles("", "Course"))
    assert codes(broken) == ["course-title", "no-text"]


def test_reviewers_learn_what_was_kept_of_the_curriculum():
    own = ModuleContent(new_id(), Titles("우리", "Ours"), "", (PAGE,))
    facts = facts_of(new_id(), replace(CONTENT, modules=(MODULE, own)))
    assert facts.kept == {"start": 2}
    assert (facts.curriculum, facts.curriculum_version) == ("dedicated", "2026.1")
    assert (facts.modules, facts.activities, facts.kinds) == (2, 3, ("catalog.link", "catalog.page"))
