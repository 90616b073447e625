from datetime import timedelta

import pytest

from cert_prep.service import RuleService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.settings import SettingsService
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import SITE
from lms_core.hooks.assessment import AttemptFacts, RawScore
from tests.support.switching import switch_off


@pytest.fixture
def rules(embedded_preparation):
    return embedded_preparation.provide(RuleService)


def facts(clock, *hours_ago: float, mode="simulation", certification="AI-901") -> AttemptFacts:
    earlier = tuple(clock.now() - timedelta(hours=each) for each in hours_ago)
    return AttemptFacts(new_id(), new_id(), mode, certification, len(earlier), earlier)


def raw(points, possible=40, certification="AI-901") -> RawScore:
    return RawScore(new_id(), certification, points, possible, possible)


def test_a_second_simulation_waits_a_day_and_says_until_when(rules, clock):
    refusal = rules.reason_against(facts(clock, 2))
    assert refusal.code == "retake-wait"
    assert refusal.reason.values["earliest"] == clock.now() + timedelta(hours=22)


def test_google_asks_for_a_fortnight(rules, clock):
    assert rules.reason_against(facts(clock, 13 * 24, certification="GAIL")).code == "retake-wait"
    assert rules.reason_against(facts(clock, 14 * 24, certification="GAIL")) is None


def test_practice_is_free(rules, clock):
    assert rules.reason_against(facts(clock, 1, mode="practice")) is None


def test_an_exam_of_no_credential_has_no_rule(rules, clock):
    assert rules.reason_against(facts(clock, 1, certification="")) is None
    assert rules.reason_against(facts(clock, 1, certification="XY-1")) is None


def test_microsofts_scale_is_labelled_as_ours_with_n_and_an_interval(rules):
    score = rules.scaled(raw(30))
    assert (score.value, score.line, score.passed, score.items) == (700, 700, True, 40)
    assert score.least <= score.low < score.value < score.high <= score.most
    assert str(score.label) == "Our practice estimate, not Microsoft's score."


def test_28_of_40_points_are_70_percent_and_not_700(rules):
    score = rules.scaled(raw(28))
    assert score.value < 700
    assert score.passed is False


def test_googles_line_is_ours(rules):
    score = rules.scaled(raw(28, certification="GAIL"))
    assert (score.value, score.line, score.passed) == (70, 70, True)
    assert "our own line" in str(score.label)


def test_points_below_nothing_and_scores_without_credential(rules):
    assert rules.scaled(raw(-3)).value == 1
    assert rules.scaled(raw(10, certification="")) is None
    assert rules.scaled(raw(0, possible=0)) is None


def test_without_the_catalogue_neither_rule_nor_scale_is_left(embedded_preparation, rules, clock):
    """The catalogue truly decides: taken away, the second simulation may begin and the score is a plain percent."""
    switch_off(embedded_preparation.site, "microsoft_certs")
    assert rules.reason_against(facts(clock, 2)) is None
    assert rules.scaled(raw(30)) is None


def test_the_academys_own_rule_holds_beside_the_vendors_and_is_named(embedded_preparation, rules, clock):
    written = "2026-01-01 | 5 | 3 | 6 | 복습할 시간을 둡니다. | Time to go over it."
    embedded_preparation.provide(SettingsService).change(SYSTEM, "cert_prep", SITE, {"retake_rules": written})
    refusal = rules.reason_against(facts(clock, 30))
    assert refusal.code == "retake-own-rule"
    assert refusal.reason.values["earliest"] == clock.now() + timedelta(hours=5 * 24 - 30)
    assert rules.reason_against(facts(clock, 2, certification="GAIL")).code == "retake-wait"
    assert rules.reason_against(facts(clock, 5 * 24)) is None
