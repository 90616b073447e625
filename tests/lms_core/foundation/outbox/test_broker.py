import time
from urllib.parse import urlsplit

import pytest
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.broker import HOOK, Publisher, answer, make_celery
from lms_core.foundation.settings import Settings
from tests.support.celery_workers import named_queue
from tests.support.wire import wire


class Row:
    def __init__(self, kind="task", name="people.note"):
        self.kind, self.name, self.id = kind, name, new_id()


def cabled(url, port):
    parts = urlsplit(url)
    login, at, _ = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{login}{at}127.0.0.1:{port}").geturl()


def messages(celery):
    """Names and ids of the messages in the queue, which are taken out."""
    found = []
    with celery.connection_for_read() as connection:
        queue = celery.amqp.queues[celery.conf.task_default_queue](connection.default_channel)
        while message := queue.get(no_ack=True):
            found.append((message.headers["task"], message.headers["id"]))
    return found


@pytest.fixture
def celery(broker_url):
    made = make_celery(Settings(broker_url=broker_url))
    with named_queue(made):
        yield made


@pytest.fixture
def publisher(celery):
    made = Publisher(celery)
    yield made
    made.close()


def test_a_message_holds_the_tasks_name_and_the_rows_id(celery, publisher):
    row, hook = Row(), Row("hook", "lms_after_lamp_lit")
    publisher.publish(row)
    publisher.publish(hook)
    assert messages(celery) == [("people.note", str(row.id)), (HOOK, str(hook.id))]


def test_a_broker_that_went_away_is_noticed_at_once_and_found_again_when_it_is_back(celery, broker_url):
    parts = urlsplit(broker_url)
    with wire(parts.hostname, parts.port) as cable:
        over = make_celery(Settings(broker_url=cabled(broker_url, cable.port)))
        over.conf.task_default_queue = celery.conf.task_default_queue
        publisher = Publisher(over)
        before, after = Row(), Row()
        publisher.publish(before)
        cable.cut()
        began = time.monotonic()
        for _ in range(2):
            with pytest.raises((OSError, OperationalError, RedisError)):
                publisher.publish(Row())
        assert time.monotonic() - began < 5
        cable.mend()
        publisher.publish(after)
        publisher.close()
    assert [identifier for _, identifier in messages(celery)] == [str(before.id), str(after.id)]


def test_workers_answer_to_every_task_with_the_id_of_its_row():
    got = []
    celery = make_celery(Settings())
    answer(celery, ["people.note"], got.append)
    row_id = new_id()
    for name in ("people.note", HOOK):
        celery.tasks[name].apply(task_id=str(row_id))
    assert got == [row_id, row_id]


def test_messages_are_read_as_json_alone_and_answers_are_not_kept():
    conf = make_celery(Settings(broker_url="redis://localhost")).conf
    assert (conf.task_serializer, conf.accept_content, conf.task_ignore_result) == ("json", ["json"], True)


def test_making_an_application_reaches_for_no_broker():
    make_celery(Settings(broker_url="redis://127.0.0.1:1/0"))
    Publisher(make_celery(Settings())).close()
