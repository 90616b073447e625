"""Work that did not get done: seen with its reason, sent on its way again, or given up."""

import pytest
from sqlalchemy import delete, select, update

from lms_core.foundation.outbox.rows import HELD, PARKED, READY
from lms_core.foundation.scopes import Scope
from lms_core.foundation.tables import events, outbox
from tests.support.site import Site

HERE = "/plugins/parked-work"
API = "/api/v1/foundation/outbox"


def lay_aside(site: Site, state: str = PARKED, times: int = 1) -> None:
    with site.house.work.write() as uow:
        for number in range(times):
            uow.later("labs.print", number)
        uow.commit()
    with site.house.work.write() as uow:
        fresh = update(outbox).where(outbox.c.state == READY)
        uow.session.execute(fresh.values(state=state, last_error="the printer is on fire", attempts=9, held_epoch=1))
        uow.commit()


def rows(site: Site):
    with site.house.work.read() as uow:
        return uow.session.execute(select(outbox)).all()


@pytest.fixture
def admin(embedded_site):
    """The administrator's browser; what plugins do when somebody joins is done."""
    person_id = embedded_site.administrator()
    embedded_site.run_background()
    with embedded_site.house.work.write() as uow:
        uow.session.execute(delete(outbox))
        uow.commit()
    return embedded_site.browser(person_id)


def test_what_failed_is_shown_with_its_reason_and_can_be_sent_again(embedded_site, admin):
    lay_aside(embedded_site)
    assert "the printer is on fire" in admin.get(HERE).text
    [row] = rows(embedded_site)
    assert admin.submit(f"{HERE}/{row.id}/retry").status_code == 302
    [row] = rows(embedded_site)
    assert (row.state, row.attempts) == (READY, 0)
    assert "Nothing has failed" in admin.get(HERE).text


def test_what_is_given_up_is_gone_and_remembered(embedded_site, admin):
    lay_aside(embedded_site)
    [row] = rows(embedded_site)
    answer = admin.submit(f"{HERE}/{row.id}/drop", next="//evil.example")
    assert answer.location == HERE
    assert not rows(embedded_site)
    with embedded_site.house.work.read() as uow:
        assert "foundation.work_dropped" in set(uow.session.scalars(select(events.c.name)))
    assert admin.submit(f"{HERE}/{row.id}/drop").status_code == 404


def test_what_waits_for_a_plugin_stands_apart_and_lists_are_paged(embedded_site, admin):
    lay_aside(embedded_site, HELD, times=3)
    assert "Nothing has failed" in admin.get(HERE).text
    page = admin.get(f"{HERE}?state=held&size=2").text
    assert page.count("labs.print</code>") == 2
    assert 'aria-label="Pages"' in page
    assert admin.get(f"{HERE}?state=ready").status_code == 422


def test_a_program_does_the_same(embedded_site):
    lay_aside(embedded_site, times=2)
    admin = embedded_site.program(embedded_site.administrator())
    listed = admin.get(API).json
    assert (listed["total"], listed["items"][0]["last_error"]) == (2, "the printer is on fire")
    first, second = (one["id"] for one in listed["items"])
    assert admin.post(f"{API}/{first}/retry").status_code == 204
    assert admin.delete(f"{API}/{second}").status_code == 204
    assert admin.delete(f"{API}/{second}").status_code == 404


def test_nobody_else_sees_or_touches_it(embedded_site):
    lay_aside(embedded_site)
    [row] = rows(embedded_site)
    operator = embedded_site.browser(embedded_site.person("o", campus_operator=Scope("campus", "1")))
    assert operator.get(HERE).status_code == 403
    assert operator.submit(f"{HERE}/{row.id}/retry").status_code == 403
    assert operator.submit(f"{HERE}/{row.id}/drop").status_code == 403
    assert "Failed work" not in operator.get("/plugins/").text
