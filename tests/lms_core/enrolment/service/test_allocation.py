"""The allocator under whatever may happen: random applications, withdrawals and changes keep every promise."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms_core.enrolment.service import ApplicationService, ApplyingService, CohortService, PlaceService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["apply", "accept", "decline", "leave", "take back", "places", "object", "consent"]),
        st.integers(0, 9),
    ),
    min_size=5,
    max_size=40,
)


class Run:
    """One cohort and all that happens to it."""

    def __init__(self, house, operator, cohort, details, books, committee, make_person):
        self.house, self.operator, self.cohort, self.details = house, operator, cohort, details
        self.books, self.committee, self.make_person = books, committee, make_person
        self.made = {}

    def step(self, act, pick):
        {
            "apply": self.apply,
            "accept": self.accept,
            "decline": self.decline,
            "leave": self.leave,
            "take back": self.take_back,
            "places": self.places,
            "object": self.object,
            "consent": self.consent,
        }[act](pick)

    def apply(self, pick):
        application = self.house.provide(ApplyingService).apply(self.make_person(), self.cohort.id, {})
        self.made[application.number] = application

    def accept(self, pick):
        chosen = self.chosen(pick, "submitted")
        several = [one.id for one in [chosen, self.chosen(pick + 1, "submitted")] if one]
        if several:
            self.desk.accept(self.operator, self.cohort.id, list(dict.fromkeys(several)))

    def decline(self, pick):
        if one := self.chosen(pick, "waiting") or self.chosen(pick, "submitted"):
            self.desk.decline(self.operator, self.cohort.id, [one.id], "")

    def leave(self, pick):
        if one := self.chosen(pick, "placed"):
            place = self.books.enrolment(one.id).id
            self.house.provide(PlaceService).withdraw(self.operator, place, "")

    def take_back(self, pick):
        if one := self.chosen(pick, "waiting"):
            self.house.provide(ApplyingService).withdraw(Actor(one.person_id), one.id)

    def places(self, pick):
        runs = self.house.provide(CohortService)
        now = runs.get(self.operator, self.cohort.id).cohort
        wanted = self.details(number=now.number, capacity=max(1, now.places_taken, pick))
        runs.change(self.operator, now.id, wanted, now.version)

    def object(self, pick):
        if one := self.chosen(pick, "waiting"):
            self.committee.enrolment[one.person_id] = Refusal("no", text("No."))

    def consent(self, pick):
        if self.committee.enrolment:
            self.committee.enrolment.pop(sorted(self.committee.enrolment)[pick % len(self.committee.enrolment)])
            self.house.provide(PlaceService).fill(self.cohort.id, "acceptance")

    @property
    def desk(self):
        return self.house.provide(ApplicationService)

    def chosen(self, pick, state):
        numbers = [number for number, found in self.books.states(self.cohort.id).items() if found == state]
        return self.made[numbers[pick % len(numbers)]] if numbers else None

    def objected(self, number):
        return self.made[number].person_id in self.committee.enrolment


def check(run, before):
    """What has to hold after every step; ``before`` are the states that it began with."""
    states, active = run.books.states(run.cohort.id), run.books.active(run.cohort.id)
    capacity, taken = run.books.counters(run.cohort.id)
    assert taken == len(active) <= capacity
    assert active == [number for number, state in states.items() if state == "placed"]
    hoping = [n for n, state in states.items() if state == "waiting" and not run.objected(n)]
    assert taken == capacity or not hoping, "a place is free while somebody could have it"
    promoted = [number for number in active if before.get(number) != "placed"]
    overtaken = [n for n in hoping if promoted and n < max(promoted)]
    assert not overtaken, "somebody was overtaken"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_order_of_events_breaks_capacity_or_fairness(
    house, operator, make_cohort, details, books, committee, make_person, steps
):
    committee.enrolment.clear()
    run = Run(house, operator, make_cohort(capacity=2), details, books, committee, make_person)
    for act, pick in steps:
        before = books.states(run.cohort.id)
        run.step(act, pick)
        check(run, before)


@pytest.fixture
def work(embedded, clock):
    """The rule is the same on both databases; their locks are tried in test_places."""
    return Work(embedded, clock)


def test_reviewers_cannot_write_while_they_are_asked(work, desk, operator, cohort, person, committee):
    def curious():
        with work.write():
            pass

    committee.enrolment[person.person_id] = curious
    outcome = desk.add(operator, cohort.id, person.person_id)
    assert [one.code for one in outcome.reasons] == ["plugin-failed"]
