import pytest
from bigtech_campus.domain import PROJECT, read_programme
from bigtech_campus.service import curricula, programme_of, programmes, programmes_of_partner

from lms_core.foundation.web.markdown import to_html

EVERY = [
    pytest.param(activity, id=f"{one.code}-{module.key}-{activity.title.en}")
    for one in programmes()
    for module in one.curriculum.modules
    for activity in module.activities
]


def test_there_are_two_programmes_of_two_partners():
    assert [one.code for one in programmes()] == ["hanbit-ai-engineer", "saesol-data-analyst"]
    assert [one.code for one in programmes_of_partner("hanbit-cloud")] == ["hanbit-ai-engineer"]
    assert programme_of("unheard-of") is None
    assert len(curricula()) == 2


@pytest.mark.parametrize("programme", programmes(), ids=lambda one: one.code)
def test_a_programme_lasts_four_months_requires_modules_and_ends_with_the_partners_project(programme):
    keys = [module.key for module in programme.curriculum.modules]
    assert len(keys) == len(set(keys))
    assert programme.months == 4
    assert {module.key for module in programme.required} < set(keys)
    assert [each.kind for each in programme.curriculum.modules[-1].activities] == [PROJECT]
    assert programme.places_per_year % programme.cohorts_per_year == 0


@pytest.mark.parametrize("activity", EVERY)
def test_every_activity_is_written_in_both_languages(activity):
    assert activity.title.ko != activity.title.en
    assert min(len(activity.body.ko), len(activity.body.en)) > 100
    assert activity.minutes > 0
    assert to_html(activity.body.ko).count("<") == to_html(activity.body.en).count("<")
    if activity.kind == PROJECT:
        assert set(activity.settings) == {"mentor_ko", "mentor_en", "deliverables_ko", "deliverables_en", "weeks"}


def test_a_programme_that_lacks_something_is_refused():
    with pytest.raises(KeyError):
        read_programme('code = "x"')
