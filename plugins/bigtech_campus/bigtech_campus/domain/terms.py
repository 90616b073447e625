"""The partner's terms: what a course must keep, and when a cohort may be filled."""

from collections.abc import Iterable, Mapping
from datetime import date

from bigtech_campus.domain.agreements import Agreement, covering
from bigtech_campus.domain.programmes import Programme
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import Titles, text
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.progress import CompletionFacts, CompletionVerdict

# Two or three sentences in Korean, unless a campus sets another length.
MOTIVATION = 30
MOST_MOTIVATION = 1_000
# Percent of the activities: four fifths, as the agreements with the city have it.
COMPLETION = 80


def against_publication(programme: Programme, kept: Mapping[str, int]) -> Refusal | None:
    """A reason naming every required module that is gone or empty; ``kept`` counts activities by module key."""
    lacking = [module.title for module in programme.required if not kept.get(module.key)]
    if not lacking:
        return None
    reason = text(
        "The curriculum “%(title)s” of %(partner)s requires modules that are missing or empty: %(modules)s. "
        "Bring them back, or ask the partner to change the curriculum.",
        title=programme.curriculum.title,
        partner=programme.partner,
        modules=Titles(", ".join(one.ko for one in lacking), ", ".join(one.en for one in lacking)),
    )
    return Refusal("required-modules", reason)


def against_enrolment(programme: Programme, agreements: Iterable[Agreement], starts_on: date) -> Refusal | None:
    """A reason unless the partner has agreed to a cohort that begins on that day."""
    if covering(agreements, starts_on) is not None:
        return None
    reason = text(
        "%(partner)s has not agreed to a cohort that begins on %(day)s. "
        "Its partner manager records the agreement on the page of the campus.",
        partner=programme.partner,
        day=starts_on.isoformat(),
    )
    return Refusal("partner-agreement", reason)


def against_application(programme: Programme, facts: EnrolmentFacts, least: int = MOTIVATION) -> Refusal | None:
    """A reason unless the applicant says why in ``least`` characters: the partner's mentors choose by it."""
    said = str(facts.answers.get("motivation", "")).strip()
    if facts.by_staff or len(said) >= least:
        return None
    reason = text(
        "%(partner)s chooses by what applicants write. Say in %(least)s characters or more why you want to learn this.",
        partner=programme.partner,
        least=least,
    )
    return Refusal("partner-motivation", reason)


def completion(programme: Programme, facts: CompletionFacts, percent: int = COMPLETION) -> CompletionVerdict:
    """The programme's own verdict: ``percent`` of the activities are done."""
    complete = facts.total > 0 and facts.done * 100 >= facts.total * percent
    return CompletionVerdict(complete, f"bigtech_campus.{programme.code}")
