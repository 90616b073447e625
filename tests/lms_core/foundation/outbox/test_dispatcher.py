import time
from threading import Event

import pytest

from lms_core.foundation.outbox.dispatcher import Dispatcher
from tests.support.waiting import until


class Step:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.taken = 0

    def __call__(self) -> bool:
        self.taken += 1
        answer = self.answers.pop(0) if self.answers else False
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def started():
    dispatchers = []

    def start(dispatcher):
        dispatchers.append(dispatcher)
        dispatcher.start()
        return dispatcher

    yield start
    for dispatcher in dispatchers:
        assert dispatcher.stop(5)


def test_it_goes_on_for_as_long_as_there_may_be_more(started):
    step = Step(True, True, True)
    started(Dispatcher((step,), (), poll=3600))
    until(lambda: step.taken == 4)


def test_it_looks_at_once_when_woken(started):
    step = Step()
    dispatcher = started(Dispatcher((step,), (), poll=3600))
    until(lambda: step.taken == 1)
    dispatcher.wake()
    until(lambda: step.taken == 2)


def test_a_call_that_comes_while_it_looks_is_not_lost(started):
    looking, go_on = Event(), Event()
    taken = []

    def step():
        taken.append(1)
        if len(taken) == 1:
            looking.set()
            go_on.wait(5)
        return False

    dispatcher = started(Dispatcher((step,), (), poll=3600))
    looking.wait(5)
    dispatcher.wake()
    go_on.set()
    until(lambda: len(taken) == 2)


def test_idling_it_looks_once_a_poll(started):
    step = Step()
    started(Dispatcher((step,), (), poll=0.1))
    time.sleep(0.55)
    assert 2 <= step.taken <= 6


def test_polled_steps_are_not_taken_at_every_call():
    each_time, each_poll = Step(), Step()
    dispatcher = Dispatcher((each_time,), (each_poll,), poll=3600)
    for _ in range(3):
        dispatcher.round()
    assert (each_time.taken, each_poll.taken) == (3, 1)


def test_a_step_that_fails_hinders_no_other_and_is_taken_again():
    failing, other = Step(OSError(), OSError(), True), Step()
    dispatcher = Dispatcher((failing, other), (), poll=0)
    assert [dispatcher.round() for _ in range(3)] == [False, False, True]
    assert other.taken == 3


def test_it_ends_when_told_to_and_can_begin_again(started):
    step = Step()
    dispatcher = started(Dispatcher((step,), (), poll=3600))
    dispatcher.start()
    until(lambda: step.taken == 1)
    assert dispatcher.stop(5)
    dispatcher.wake()
    time.sleep(0.05)
    assert step.taken == 1
    dispatcher.start()
    until(lambda: step.taken == 2)


def test_one_that_never_began_has_ended():
    assert Dispatcher((), ()).stop(0)
