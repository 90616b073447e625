"""What the plugin changes, asked through the hooks of the whole application."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from bigtech_campus.service import AgreementService, TermsService, plant

from lms_core.app.settings import SettingsDesk
from lms_core.catalog.service import CourseDirectory, DraftService, KindService
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import Titles
from lms_core.hooks.caller import Hooks
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.progress import CompletionFacts
from lms_core.hooks.site import Viewer
from lms_core.people.domain import RoleBook
from lms_core.people.service import PrivacyService
from tests.support.switching import switch_off


@pytest.fixture(autouse=True)
def context(partnership):
    with partnership.site.app.test_request_context():
        yield


def on(partnership):
    return partnership.site.house.scopes_of("course", partnership.course.id)


def test_a_course_begun_from_the_curriculum_is_complete_and_can_be_published(partnership):
    assert partnership.reasons() == ()
    assert partnership.publish().number == 1


def test_without_a_required_module_the_course_cannot_be_published_and_the_reason_names_it(partnership):
    partnership.drop("responsible")
    (reason,) = partnership.reasons()
    assert (reason.plugin, reason.code) == ("bigtech_campus", "required-modules")
    assert reason.reason.values["modules"] == Titles("책임 있는 AI와 개인정보", "Responsible AI and personal data")


def test_an_optional_module_may_go(partnership):
    partnership.drop("models")
    assert partnership.reasons() == ()


def test_switched_off_the_plugin_requires_nothing_but_its_project_cannot_be_published(partnership):
    partnership.drop("responsible")
    partnership.drop("partner-project")
    assert [reason.code for reason in partnership.reasons()] == ["required-modules"]
    switch_off(partnership.site, "bigtech_campus")
    assert partnership.reasons() == ()


def test_nobody_gets_a_place_before_the_partner_has_agreed(partnership):
    partnership.publish()
    cohort = partnership.cohort()
    outcome = partnership.enrol(cohort)
    assert outcome.state == "refused"
    assert "partner-agreement" in [reason.code for reason in outcome.reasons]
    partnership.agree()
    assert partnership.enrol(cohort).state == "placed"


def test_a_withdrawn_agreement_gives_no_further_places(partnership):
    partnership.publish()
    cohort, given = partnership.cohort(), partnership.agree()
    assert partnership.enrol(cohort).state == "placed"
    partnership.site.provide(AgreementService).withdraw(SYSTEM, given.id)
    assert partnership.enrol(cohort).state == "refused"


def test_a_cohort_of_any_other_course_needs_no_partner(partnership):
    assert partnership.enrol(partnership.cohort(course=partnership.plain())).state == "placed"


def test_without_the_plugin_the_same_cohort_is_filled(partnership):
    """The plugin truly decides: taken away, the cohort that the partner did not agree to takes people in."""
    partnership.publish()
    cohort = partnership.cohort()
    assert partnership.enrol(cohort).state == "refused"
    switch_off(partnership.site, "bigtech_campus")
    assert partnership.enrol(cohort).state == "placed"


def test_its_curricula_are_offered_where_it_is_on(partnership):
    drafts = partnership.site.provide(DraftService)
    assert {one.code for one in drafts.curricula()} == {"hanbit-ai-engineer", "saesol-data-analyst"}
    switch_off(partnership.site, "bigtech_campus")
    assert drafts.curricula() == ()


def test_the_project_shows_the_partners_side_in_the_readers_language(partnership):
    project = partnership.module("partner-project").activities[0]
    kinds = partnership.site.provide(KindService)
    for language, mentor in (("ko", "한빛클라우드 공공 부문"), ("en", "A principal engineer")):
        viewer = Viewer(new_id(), language, EVERYWHERE)
        shown = kinds.show(partnership.course.id, project, viewer, on(partnership))
        assert shown.state == "shown"
        assert str(shown.view.facts[0][1]).startswith(mentor)
        assert len(shown.view.facts) == 3


def test_a_project_that_is_off_says_so_and_loses_nothing(partnership):
    project = partnership.module("partner-project").activities[0]
    switch_off(partnership.site, "bigtech_campus")
    kinds = partnership.site.provide(KindService)
    assert (
        kinds.show(partnership.course.id, project, Viewer(new_id(), "ko", EVERYWHERE), on(partnership)).state == "off"
    )
    draft = partnership.site.provide(DraftService).get(SYSTEM, partnership.course.id)
    assert draft.activity(project.id)[1].settings["weeks"] == "5"


def test_the_campus_page_tells_of_partner_version_and_places(partnership):
    partnership.agree()
    viewer = Viewer(new_id(), "en", EVERYWHERE)
    (shown,) = partnership.site.provide(Hooks).show_campus_page(viewer, partnership.campus.id, EVERYWHERE)
    said = {str(name): str(value) for name, value in shown.panel.facts}
    assert said["Curriculum"] == "AI engineer, version 2026.1"
    assert said["Places a year"] == "120 in 3 cohorts"
    assert said["Agreements in force"] == "1"
    assert partnership.site.provide(Hooks).show_campus_page(viewer, partnership.other.id, EVERYWHERE) == ()


def test_the_course_page_tells_whose_curriculum_it_follows(partnership):
    viewer = Viewer(new_id(), "en", EVERYWHERE)
    (shown,) = partnership.site.provide(Hooks).show_course_page(viewer, partnership.course.id, on(partnership))
    assert str(shown.panel.body) == "Held together with Hanbit Cloud."
    plain = partnership.begin("plain")
    assert partnership.site.provide(Hooks).show_course_page(viewer, plain.id, EVERYWHERE) == ()


def test_an_agreement_ends_soon_unless_another_follows_or_it_was_withdrawn(partnership):
    agreements = partnership.site.provide(AgreementService)
    partnership.agree()
    assert agreements.ending(SYSTEM) == ()
    partnership.site.clock.set(datetime(2026, 7, 1, tzinfo=UTC))
    (ending,) = agreements.ending(SYSTEM)
    assert (ending.begins_until, ending.campus_id) == (date(2026, 8, 31), partnership.campus.id)
    assert agreements.ending(Actor(partnership.manager())) == ()
    following = partnership.agree(begins_from=date(2026, 9, 1), begins_until=date(2027, 2, 28))
    assert agreements.ending(SYSTEM) == ()
    agreements.withdraw(SYSTEM, following.id)
    assert agreements.ending(SYSTEM) == (ending,)


def test_the_partners_manager_may_agree_and_the_mentor_may_look(partnership):
    book = partnership.site.provide(RoleBook)
    assert "bigtech_campus.give_agreement" in book.permissions_of("partner_manager")
    assert book.permissions_of("partner_mentor") == {"bigtech_campus.see_agreement", "catalog.read_course"}
    assert "bigtech_campus.give_agreement" not in book.permissions_of("campus_operator")


def test_when_a_manager_is_erased_the_agreement_forgets_who_gave_it(partnership):
    manager = partnership.manager()
    given = partnership.site.provide(AgreementService).give(
        Actor(manager, almighty=True), partnership.campus.id, partnership.details()
    )
    partnership.site.provide(PrivacyService).erase(SYSTEM, manager)
    found = partnership.site.provide(AgreementService).find(SYSTEM, partnership.campus.id, PageRequest())
    assert [(one.id, one.given_by, one.stands) for one in found.page.items] == [(given.id, None, True)]


def test_samples_are_planted_once(partnership):
    directory = partnership.site.provide(CourseDirectory)
    plant(SYSTEM)
    plant(SYSTEM)
    assert len(directory.begun_from({"hanbit-ai-engineer"}, partnership.campus.id)) == 1


def test_each_campus_sets_how_much_applicants_say_and_when_a_course_is_complete(partnership):
    site, terms = partnership.site, partnership.site.provide(TermsService)
    partnership.publish()
    cohort = partnership.cohort()
    facts = EnrolmentFacts(
        new_id(),
        cohort.id,
        partnership.course.id,
        partnership.campus.id,
        None,
        date(2026, 3, 2),
        False,
        {"motivation": "나" * 40},
    )
    assert terms.against_application(facts) is None
    here = f"campus:{partnership.campus.id}"
    site.provide(SettingsDesk).change(
        SYSTEM, "bigtech_campus", here, {"motivation_length": 50, "completion_percent": 50}
    )
    assert terms.against_application(facts).reason.values["least"] == 50
    assert terms.completion(CompletionFacts(new_id(), partnership.course.id, 5, 10)).complete
    elsewhere = replace(facts, campus_id=partnership.other.id)
    assert terms.against_application(elsewhere) is None
