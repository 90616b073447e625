from uuid import UUID

import pytest

from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.tasks import Absent, Task, Tasks, task

ONE = new_id()


def test_a_decorated_function_is_a_task_by_its_name():
    @task("people.greet")
    def greet(person_id: UUID) -> None:
        """Greet."""

    assert greet == Task("people.greet", greet.run)


def test_ids_come_out_of_a_row_as_what_the_function_asks_for():
    got = []

    @task("people.greet")
    def greet(person_id: UUID, language: str, times: int) -> None:
        got.append((person_id, language, times))

    greet(str(ONE), "ko", 2)
    assert got == [(ONE, "ko", 2)]


def test_a_function_without_annotations_gets_what_is_in_the_row():
    got = []
    Task("people.greet", lambda *given: got.append(given))(str(ONE), 3)
    assert got == [(str(ONE), 3)]


def test_a_method_is_a_task_too():
    class Postman:
        seen: UUID

        def send(self, mail_id: UUID) -> None:
            self.seen = mail_id

    postman = Postman()
    Task("foundation.send", postman.send)(str(ONE))
    assert postman.seen == ONE


@pytest.mark.parametrize("name", ["greet", "People.greet", "people.", "people.greet.twice", ""])
def test_a_name_that_is_not_room_and_verb_is_refused(name):
    with pytest.raises(ValueError, match=r"<room>\.<verb>"):
        Task(name, print)


def test_two_tasks_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"two tasks named people\.greet"):
        Tasks([Task("people.greet", print), Task("people.greet", repr)])


def test_a_name_that_nobody_registered_is_absent():
    tasks = Tasks([Task("people.greet", print)])
    assert list(tasks) == ["people.greet"]
    assert len(tasks) == 1
    assert "people.wave" not in tasks
    with pytest.raises(Absent, match=r"people\.wave"):
        tasks["people.wave"]
