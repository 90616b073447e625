"""Places: freed ones go to the first in line, by the same allocator, each explained; roles come and go with them."""

import threading
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from lms_core.enrolment.domain.applications import AlreadyWithdrawn, EnrolmentNotFound
from lms_core.enrolment.domain.names import SEE_APPLICATIONS
from lms_core.enrolment.service.attending import AttendingService
from lms_core.enrolment.tables import applications, cohorts, decisions
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Forbidden, Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.tables import events, outbox
from lms_core.foundation.text import text
from lms_core.people.tables import persons, roles

SAID = Refusal("no-laptop", text("There is no laptop left."))


@pytest.fixture
def accepted(applying, desk, operator, make_person):
    """Applications of so many new people, all of them accepted."""

    def make(cohort, count):
        made = [applying.apply(make_person(), cohort.id, {}) for _ in range(count)]
        desk.accept(operator, cohort.id, [one.id for one in made])
        return made

    return make


def held(work, person_id):
    with work.read() as uow:
        mine = select(roles.c.role, roles.c.scope_kind).where(roles.c.person_id == person_id)
        return sorted(map(tuple, uow.session.execute(mine)))


def test_a_freed_place_goes_to_the_first_in_line_and_says_why(places, operator, make_cohort, accepted, books):
    cohort = make_cohort(capacity=1)
    first, second, _ = accepted(cohort, 3)
    places.withdraw(operator, books.enrolment(first.id).id, "취업")
    assert books.states(cohort.id) == {1: "withdrawn", 2: "placed", 3: "waiting"}
    assert books.counters(cohort.id) == (1, 1)
    assert books.enrolment(second.id).explanation == {"cause": "withdrawal", "number": 2, "passed_over": []}


def test_whoever_is_passed_over_keeps_the_place_in_the_line_and_the_reason_is_kept(
    work, places, operator, make_cohort, accepted, books, committee
):
    cohort = make_cohort(capacity=1)
    first, second, third = accepted(cohort, 3)
    committee.enrolment[second.person_id] = SAID
    places.withdraw(operator, books.enrolment(first.id).id, "")
    assert books.states(cohort.id) == {1: "withdrawn", 2: "waiting", 3: "placed"}
    assert books.enrolment(third.id).explanation["passed_over"] == [2]
    with work.read() as uow:
        (why,) = uow.session.scalar(select(applications.c.held).where(applications.c.id == second.id))
    assert (why["code"], why["plugin"]) == ("no-laptop", "committee")
    committee.enrolment.clear()
    places.withdraw(operator, books.enrolment(third.id).id, "")
    assert books.states(cohort.id)[2] == "placed"


def test_a_failing_reviewer_costs_nobody_the_place_in_the_line(
    places, operator, make_cohort, accepted, books, committee
):
    cohort = make_cohort(capacity=1)
    first, second = accepted(cohort, 2)
    committee.enrolment[second.person_id] = RuntimeError("out of order")
    places.withdraw(operator, books.enrolment(first.id).id, "")
    assert books.states(cohort.id)[2] == "waiting"
    committee.enrolment.clear()
    places.fill(cohort.id, "withdrawal")
    assert books.states(cohort.id)[2] == "placed"


def test_nobody_gets_a_second_place_on_the_same_days_out_of_a_line(
    desk, places, operator, make_cohort, accepted, books
):
    cohort, other = make_cohort(capacity=1), make_cohort()
    first, second, _ = accepted(cohort, 3)
    desk.add(operator, other.id, second.person_id)
    places.withdraw(operator, books.enrolment(first.id).id, "")
    assert books.states(cohort.id) == {1: "withdrawn", 2: "waiting", 3: "placed"}


def test_more_places_go_to_the_line_at_once(runs, operator, make_cohort, accepted, books, details):
    cohort = make_cohort(capacity=1)
    made = accepted(cohort, 4)
    version = runs.get(operator, cohort.id).cohort.version
    runs.change(operator, cohort.id, details(number=cohort.number, capacity=3), version)
    assert books.active(cohort.id) == [1, 2, 3]
    assert books.enrolment(made[2].id).explanation["cause"] == "capacity"


def test_after_the_last_day_nobody_is_promoted(places, operator, make_cohort, accepted, books, clock):
    cohort = make_cohort(capacity=1)
    first, _ = accepted(cohort, 2)
    clock.set(clock.now() + timedelta(days=300))
    places.withdraw(operator, books.enrolment(first.id).id, "")
    assert books.counters(cohort.id) == (1, 0)


def test_an_erased_person_is_passed_over(work, places, operator, make_cohort, accepted, books):
    cohort = make_cohort(capacity=1)
    first, second, _ = accepted(cohort, 3)
    with work.write() as uow:
        uow.session.execute(update(persons).where(persons.c.id == second.person_id).values(display_name=""))
        uow.commit()
    places.withdraw(operator, books.enrolment(first.id).id, "")
    assert books.states(cohort.id) == {1: "withdrawn", 2: "waiting", 3: "placed"}


def test_a_place_brings_roles_and_giving_it_up_takes_them(work, places, cohort, accepted, books):
    (made,) = accepted(cohort, 1)
    assert held(work, made.person_id) == [("campus_trainee", "campus"), ("trainee", "cohort"), ("trainee", "course")]
    places.withdraw(Actor(made.person_id), books.enrolment(made.id).id, "")
    assert held(work, made.person_id) == []


def test_another_place_in_the_same_course_keeps_its_roles_alive(
    work, places, desk, operator, make_cohort, person, books
):
    one, later = make_cohort(), make_cohort(starts_on=date(2027, 9, 1), ends_on=date(2027, 12, 1))
    made = desk.add(operator, one.id, person.person_id)
    desk.add(operator, later.id, person.person_id)
    places.withdraw(person, books.enrolment(made.application_id).id, "")
    assert held(work, person.person_id) == [("campus_trainee", "campus"), ("trainee", "cohort"), ("trainee", "course")]


def test_what_happened_is_recorded_with_ids_alone(work, places, operator, make_cohort, accepted, books):
    cohort = make_cohort(capacity=1)
    first, _ = accepted(cohort, 2)
    places.withdraw(operator, books.enrolment(first.id).id, "비밀 사유")
    with work.read() as uow:
        rows = uow.session.execute(select(events).order_by(events.c.occurred_at, events.c.id)).all()
    names = [row.name for row in rows if row.name.startswith("enrolment.") and "cohort" not in row.name]
    assert names.count("enrolment.enrolled") == 2
    assert names.count("enrolment.withdrawn") == 1
    assert not any("비밀" in str(row.payload) for row in rows)


def test_a_process_that_dies_before_the_line_is_filled_leaves_a_task_behind(
    work, places, operator, make_cohort, accepted, books, monkeypatch
):
    cohort = make_cohort(capacity=1)
    first, _ = accepted(cohort, 2)
    monkeypatch.setattr(type(places), "fill", lambda *_: None)
    places.withdraw(operator, books.enrolment(first.id).id, "")
    assert books.counters(cohort.id) == (1, 0)
    monkeypatch.undo()
    with work.read() as uow:
        row = uow.session.execute(select(outbox).where(outbox.c.name == "enrolment.fill_places")).one()
    assert row.payload == {"arguments": [str(cohort.id)]}
    places.fill(cohort.id, "withdrawal")
    assert books.active(cohort.id) == [2]


def test_a_place_is_given_up_once_and_only_by_those_concerned(
    places, operator, cohort, accepted, books, campus, dedicated
):
    (made,) = accepted(cohort, 1)
    place = books.enrolment(made.id).id
    with pytest.raises(EnrolmentNotFound):
        places.withdraw(Actor(new_id(), grants({SEE_APPLICATIONS}, Scope("campus", str(dedicated.id)))), place, "")
    with pytest.raises(Forbidden):
        places.withdraw(Actor(new_id(), grants({SEE_APPLICATIONS}, Scope("campus", str(campus.id)))), place, "")
    places.withdraw(operator, place, "")
    with pytest.raises(AlreadyWithdrawn):
        places.withdraw(operator, place, "")


def test_who_has_a_place_is_known_to_the_rooms_above(work, places, operator, cohort, accepted, books):
    made = accepted(cohort, 2)
    attending = AttendingService(work)
    assert attending.persons(cohort.id) == [one.person_id for one in made]
    (place,) = attending.of(made[0].person_id)
    assert (place.cohort_id, place.course_id) == (cohort.id, cohort.course_id)
    assert attending.in_course(made[0].person_id, new_id()) is None
    listed = places.listed(operator, cohort.id, PageRequest())
    assert [one.number for one in listed.items] == [1, 2]


def test_the_database_itself_refuses_a_place_too_many(work, cohort):
    with work.write() as uow, pytest.raises(IntegrityError):
        uow.session.execute(update(cohorts).where(cohorts.c.id == cohort.id).values(places_taken=3))


def at_once(*acts):
    """Run all ``acts`` in threads of their own, begun together; what any of them raised comes out here."""
    ready, failures = threading.Barrier(len(acts)), []

    def run(act):
        ready.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 told below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_rush_never_takes_a_place_too_many_nor_leaves_one_free(
    applying, desk, operator, make_cohort, make_person, books
):
    cohort = make_cohort(capacity=3)
    made = [applying.apply(make_person(), cohort.id, {}) for _ in range(10)]

    def accept_and_leave(one):
        desk.accept(operator, cohort.id, [one.id])
        if one.number % 2:
            applying.withdraw(Actor(one.person_id), one.id)

    at_once(*(partial(accept_and_leave, one) for one in made))
    active = books.active(cohort.id)
    assert books.counters(cohort.id) == (3, len(active))
    assert len(active) == 3
    assert set(books.states(cohort.id).values()) == {"placed", "waiting", "withdrawn"}


def test_nobody_in_the_line_is_overtaken_however_many_leave_at_once(
    applying, places, operator, make_cohort, accepted, books, runs, details
):
    cohort = make_cohort(capacity=3)
    made = accepted(cohort, 10)
    version = runs.get(operator, cohort.id).cohort.version
    acts = [partial(places.withdraw, operator, books.enrolment(one.id).id, "") for one in made[:2]]
    acts += [partial(applying.withdraw, Actor(made[3].person_id), made[3].id)]
    acts += [partial(runs.change, operator, cohort.id, details(number=cohort.number, capacity=4), version)]
    at_once(*acts)
    assert books.counters(cohort.id) == (4, 4)
    # The fourth left the line or the place it had just got; the rest went on in order.
    assert books.active(cohort.id) == [3, 5, 6, 7]


def test_people_who_apply_at_once_get_numbers_without_gaps_or_doubles(applying, make_cohort, make_person, books):
    cohort = make_cohort(capacity=1)
    at_once(*(partial(applying.apply, make_person(), cohort.id, {}) for _ in range(8)))
    assert sorted(books.states(cohort.id)) == list(range(1, 9))


def test_one_person_who_is_accepted_in_two_cohorts_at_once_gets_one_place(
    desk, operator, make_cohort, person, applying, books
):
    made = [(each, applying.apply(person, each.id, {})) for each in (make_cohort(), make_cohort())]
    at_once(*(partial(desk.accept, operator, cohort.id, [one.id]) for cohort, one in made))
    assert sum(len(books.active(each.id)) for each, _ in made) == 1


def test_decisions_are_kept_for_each_occasion(work, applying, desk, operator, cohort, person):
    made = applying.apply(person, cohort.id, {})
    desk.accept(operator, cohort.id, [made.id])
    with work.read() as uow:
        kept = uow.session.scalars(select(decisions.c.occasion).order_by(decisions.c.id)).all()
    assert kept == ["application", "acceptance"]
