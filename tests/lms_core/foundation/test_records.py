from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest

from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.events import Event
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.records import accesses_to, events_about, record_access
from lms_core.foundation.scopes import scopes
from lms_core.foundation.uow import request_id

PERSON, OTHER, CAMPUS = new_id(), new_id(), new_id()
STAFF = Actor(new_id())


@dataclass(frozen=True, slots=True)
class Enrolled(Event):
    person_id: UUID
    name: ClassVar[str] = "recording.enrolled"


@dataclass(frozen=True, slots=True)
class Opened(Event):
    campus_id: UUID
    name: ClassVar[str] = "record.opened"


@pytest.fixture
def log(work, clock):
    def happen(*what):
        with work.write() as uow:
            for event, actor in what:
                uow.record(event, actor, scopes(campus=CAMPUS))
            uow.commit()
        clock.move(minutes=1)

    happen((Enrolled(PERSON), STAFF))
    happen((Enrolled(OTHER), Actor(PERSON)))
    happen((Enrolled(OTHER), STAFF), (Opened(CAMPUS), SYSTEM))


def found(work, request=PageRequest(), **conditions):  # noqa: B008 a frozen value
    with work.read() as uow:
        return events_about(uow, request, **conditions)


def test_who_reads_anothers_data_is_kept_with_purpose_and_request(work, clock):
    token = request_id.set("r-1")
    with work.write() as uow:
        record_access(uow, STAFF, PERSON, "profile")
        clock.move(minutes=1)
        record_access(uow, SYSTEM, PERSON, "export")
        record_access(uow, STAFF, OTHER, "profile")
        uow.commit()
    request_id.reset(token)
    with work.read() as uow:
        page = accesses_to(uow, PageRequest(), PERSON)
    assert page.total == 2
    assert {(one.actor_id, one.purpose, one.request_id) for one in page.items} == {
        (STAFF.person_id, "profile", "r-1"),
        (None, "export", "r-1"),
    }


def test_ones_own_data_is_read_without_trace(work):
    with work.write() as uow:
        record_access(uow, Actor(PERSON), PERSON, "profile")
        uow.commit()
    with work.read() as uow:
        assert accesses_to(uow, PageRequest(), PERSON).total == 0


def test_the_log_of_a_person_holds_what_they_did_and_what_happened_to_them(work, log):
    page = found(work, person_id=PERSON)
    assert [(one.actor_id, one.payload) for one in page.items] == [
        (PERSON, {"person_id": str(OTHER)}),
        (STAFF.person_id, {"person_id": str(PERSON)}),
    ]
    assert page.items[0].scopes == scopes(campus=CAMPUS)


def test_the_log_is_read_by_name_or_by_room(work, log):
    assert found(work, name="recording.enrolled").total == 3
    assert found(work, name="recording.").total == 3
    assert found(work, name="record.").total == 1
    assert found(work, name="record").total == 0
    assert found(work, name="%.").total == 0


def test_the_log_is_read_from_one_moment_to_another(work, log, clock):
    begin = clock.now() - timedelta(minutes=3)
    assert found(work, since=begin, until=begin + timedelta(minutes=1)).total == 1
    assert found(work, since=begin + timedelta(minutes=1)).total == 3
    assert found(work).total == 4


def test_the_log_is_cut_into_pages(work, log):
    page = found(work, PageRequest(number=2, size=3))
    assert (len(page.items), page.total, page.next) == (1, 4, None)
    assert page.items[0].payload == {"person_id": str(PERSON)}
