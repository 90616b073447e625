"""What does not fit into memory comes back from disk as it went there."""

from concurrent.futures import ThreadPoolExecutor

from lms_core.assessment.service import spooling
from lms_core.assessment.service.spooling import Spool, in_parts
from lms_core.hooks.words import Words


def test_values_come_back_in_their_order_as_often_as_one_likes(monkeypatch):
    monkeypatch.setattr(spooling, "IN_MEMORY", 100)
    kept = [Words(ko=str(number)) for number in range(500)]
    spool = Spool(kept[:-1])
    spool.add(kept[-1])

    assert len(spool) == 500
    assert list(spool) == kept == list(spool)


def test_several_read_one_spool_at_once():
    spool = Spool(range(2_000))
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: list(spool), range(4)))
    assert found == [list(range(2_000))] * 4


def test_parts_hold_what_one_statement_takes(monkeypatch):
    monkeypatch.setattr(spooling, "AT_ONCE", 2)
    assert list(in_parts(range(5))) == [[0, 1], [2, 3], [4]]
    assert list(in_parts(())) == []
