"""The exam room outlives a reload without a network, and leaves nothing of its paper behind."""

import json
from typing import Any
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.support.browser import RunningClock, Served, Visits
from tests.support.exam_room import ExamRoom, begin, kept, trainee
from tests.support.mock_exams import publish_mock_exam

HELD = """async () => {
  const held = { caches: {}, databases: {} };
  for (const name of await caches.keys()) {
    const requests = await (await caches.open(name)).keys();
    held.caches[name] = requests.map((one) => new URL(one.url).pathname);
  }
  for (const { name } of await indexedDB.databases()) {
    const asked = indexedDB.open(name);
    const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
    for (const store of database.objectStoreNames) {
      const found = database.transaction(store).objectStore(store).getAll();
      const rows = await new Promise((done) => (found.onsuccess = () => done(found.result)));
      if (rows.length) held.databases[`${name}/${store}`] = rows;
    }
    database.close();
  }
  return held;
}"""
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller || !(await caches.match(location.href))) {
    await new Promise((go) => setTimeout(go, 50));
  }
}"""
PRIVATE = "lms-private-"


def test_a_reload_without_a_network_finds_the_room_again_and_every_answer_arrives(
    served: Served, visit: Visits, running_clock: RunningClock
) -> None:
    room = _kept_room(visit, served, trainee(visit))
    room.choose(2)
    room.saved()
    room.page.context.set_offline(True)
    room.button("next").click()
    room.choose(1)
    room.see("offline")

    for _ in range(2):
        room.page.reload()
        room.at(2)
        expect(room.page.get_by_role("timer")).to_contain_text("남은 시간 4")
    assert room.shows_chosen([1])
    room.button("previous").click()
    assert room.shows_chosen([2])
    room.choose(3)
    room.button("next").click()
    room.button("next").click()
    room.at(3)
    room.choose(1)
    room.page.get_by_role("button", name=room.word("flag")).first.click()

    room.page.context.set_offline(False)
    room.look_again()
    room.saved()
    assert kept(visit, room) == {1: (1, False), 2: (1, False), 3: (1, True)}
    room.hand_in()
    expect(room.page.get_by_role("heading", name="3번 문항")).to_be_visible()


def test_what_is_kept_is_this_paper_alone_and_holds_no_key(served: Served, visit: Visits) -> None:
    room = _kept_room(visit, served, trainee(visit))
    held = _held(room.page)
    (paths,) = held["caches"].values()
    assert [path for path in paths if not path.startswith("/static/")] == [room.page.url.removeprefix(served.address)]
    paper = json.dumps(held["databases"], ensure_ascii=False)
    assert "prompt_html" in paper
    assert not [word for word in ('"correct', '"key"', "explanation", "rationale") if word in paper]


def test_a_room_that_was_handed_in_leaves_nothing_behind(served: Served, visit: Visits) -> None:
    room = _kept_room(visit, served, trainee(visit))
    room.choose(2)
    room.saved()
    room.hand_in()
    assert _left(room.page) == {}


def test_a_room_that_the_server_handed_in_leaves_nothing_behind_once_it_is_asked_for(
    served: Served, visit: Visits, running_clock: RunningClock
) -> None:
    room = _kept_room(visit, served, trainee(visit))
    context, address = room.page.context, room.page.url
    room.page.close()
    running_clock.move(hours=2)
    page = visit.window(context)
    page.goto(address)
    page.wait_for_url("**/report")
    assert _left(page, PRIVATE) == {}


def test_signing_out_leaves_nothing_of_the_paper_behind(served: Served, visit: Visits) -> None:
    room = _kept_room(visit, served, trainee(visit))
    room.choose(2)
    room.saved()
    page = visit.window(room.page.context)
    page.goto(served.address)
    page.locator("form[action$='/people/sign-out']").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/people/sign-in**")
    assert _left(page, PRIVATE) == {}
    assert "prompt_html" not in json.dumps(_held(page))
    # The window that is still open keeps nothing anew.
    room.choose(3)
    room.saved()
    assert _left(page, PRIVATE) == {}


def _kept_room(visit: Visits, served: Served, person_id: UUID) -> ExamRoom:
    """A room that this browser could show without a network."""
    room = begin(visit, publish_mock_exam(served.site), person_id)
    room.page.evaluate(KEPT)
    return room


def _held(page: Page) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = page.evaluate(HELD)
    return found


def _left(page: Page, prefix: str = "") -> dict[str, Any]:
    """What is still held under names that begin so, once erasing had its time."""
    for _ in range(20):
        held = _held(page)
        left = {name: kept for place in held.values() for name, kept in place.items() if name.startswith(prefix)}
        if not left:
            break
        page.wait_for_timeout(200)
    return left
