from datetime import timedelta

import pytest

from lms_core.foundation.outbox.sweeper import Sweeper


@pytest.fixture
def sweeper(around):
    return Sweeper(around.delivery(), interval=3600.0)


def test_held_work_comes_back_when_its_plugin_is_switched_on(around, sweeper):
    around.queue("a")
    around.switch("people")
    around.run(around.delivery())
    assert not sweeper.advance()
    assert around.states() == ["held"]
    around.switch("people")
    assert sweeper.advance()
    around.run(around.delivery())
    assert (around.ran, around.rows()) == (["a"], [])


def test_a_switch_of_another_plugin_lets_go_what_is_held_again_at_once(around, sweeper):
    around.queue("a")
    around.switch("people")
    around.run(around.delivery())
    around.switch("other")
    sweeper.advance()
    around.run(around.delivery())
    (row,) = around.rows()
    assert (row.state, row.attempts) == ("held", 0)


def test_work_that_was_held_just_after_the_epoch_moved_comes_back_with_the_next_sweep(around):
    sweeper = Sweeper(around.delivery(), interval=0.0)
    around.queue("a")
    around.off = {"people"}
    around.run(around.delivery())
    around.epoch += 1
    sweeper.advance()
    around.epoch -= 1
    around.run(around.delivery())
    assert around.states() == ["held"]
    around.epoch += 1
    assert sweeper.advance()


def test_held_work_whose_time_runs_out_is_dropped_with_a_record(around, sweeper, clock):
    around.queue("a", expires=clock.now() + timedelta(days=1))
    around.switch("people")
    around.run(around.delivery())
    clock.move(days=2)
    sweeper.advance()
    assert around.rows() == []
    assert around.logged() == ["foundation.work_expired"]


def test_between_two_sweeps_nothing_is_asked_of_the_database(around, sweeper, monkeypatch):
    sweeper.advance()
    monkeypatch.setattr(around.work, "read", None)
    assert not sweeper.advance()
