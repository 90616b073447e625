from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Lock

from lms_core.app.serving import Turns


def test_so_many_requests_compute_at_a_time_and_the_others_wait():
    inside, most, lock, three = 0, 0, Lock(), Barrier(3)

    def inner(_, __):
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        # Never three: all three would have to be inside at once.
        with suppress(BrokenBarrierError):
            three.wait(0.05)
        with lock:
            inside -= 1
        return [b"done"]

    turns = Turns(inner, 2)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: turns({}, None), range(6)))
    assert answers == [[b"done"]] * 6
    assert most == 2
