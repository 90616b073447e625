"""Plugins that are sound at boot and break while people work: pages stand, gates close, work is retried and parked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from lms_core.app.plugins import specifications
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.events import Event
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.identity import new_id
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.outbox.rows import PARKED
from lms_core.foundation.scopes import SITE
from lms_core.foundation.tables import outbox
from lms_core.hooks.people import PersonJoined
from tests.lms_core.broken.conftest import HOME, Broken, Street
from tests.support.shelf import PANEL, shelf_in
from tests.support.site import Site, make_site

SHOWN = {
    "ans_raises": "1 / 0",
    "ans_exits": "raise SystemExit(2)",
    "ans_own": "raise type('Own', (BaseException,), {})('mine')",
    "ans_number": "return 42",
    "ans_words": "return '<script>alert(1)</script>'",
    "ans_list": "return [Panel('a', text('A'), text('B'))]",
    "ans_title": "return Panel('a', 'A', text('B'))",
    "ans_body": "return Panel('a', text('A'), None)",
    "ans_rank": "return Panel('a', text('A'), text('B'), rank='high')",
    "ans_huge": "return Panel('a', text('A'), text('x' * 5_000_000))",
    "ans_script": (
        "from lms_core.hooks.site import Link\n"
        "    return Panel('a', text('A'), text('B'), action=Link('javascript:alert(1)', text('Go')))"
    ),
    "ans_deep": "return lms_show_home(viewer)",
    "ans_writes": (
        "from lms_core.foundation.uow import Work\n    from lms_core.foundation.web import house\n"
        "    with house().work.write() as uow:\n        uow.commit()"
    ),
    "ans_asks": (
        "from lms_core.foundation.web import provide\n    from lms_core.hooks.caller import Hooks\n"
        "    return provide(Hooks).show_home(viewer)[0].panel"
    ),
}
HTML = 'return Panel("html", text("<b>bold</b>"), text("<img src=x onerror=alert(1)>"))'
ODD = 'return Panel("odd", text("%(gone)s and %(other)s", other="this"), text("100 % of %(nothing)s", a=1))'
PLUGINS = {
    **{name: Broken("", "", PANEL.format(body=body), HOME) for name, body in SHOWN.items()},
    "fmt_html": Broken("", "", PANEL.format(body=HTML), HOME),
    "fmt_odd": Broken("", "", PANEL.format(body=ODD), HOME),
}


@pytest.fixture(scope="module")
def busy(street: Street) -> Street:
    """All of them switched on, and the home page opened once."""
    assert {*PLUGINS, "well"} <= {*street.plugins.ids}, street.plugins.quarantined
    for name in PLUGINS:
        street.site.provide(PluginService).enable(SYSTEM, name, SITE)
    return street


def failures(street: Street, plugin: str) -> int:
    engine: Engine = street.site.house.tools[Engine]
    return sum(one.failures for one in engine.hooks["lms_show_home"].answers if one.plugin == plugin)


def test_the_home_page_stands_for_everybody_and_shows_what_works(busy: Street) -> None:
    home = busy.site.browser(busy.site.person("mina")).get("/home")
    assert home.status_code == 200
    assert "One lab is open." in home.text
    assert "ZeroDivisionError" not in home.text
    assert len(home.data) < 1_000_000


@pytest.mark.parametrize("name", SHOWN)
def test_staff_see_whose_panel_is_missing_and_it_is_counted(busy: Street, name: str) -> None:
    before = failures(busy, name)
    page = busy.site.browser(busy.site.administrator()).get("/home").text
    assert name in page
    assert failures(busy, name) > before or before >= 5


def test_markup_in_a_panel_is_shown_as_it_was_written(busy: Street) -> None:
    page = busy.site.browser(busy.site.person("mina")).get("/home").text
    assert "<b>bold</b>" not in page
    assert "<img src=x" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_a_text_whose_places_have_no_values_breaks_no_page(busy: Street) -> None:
    for language in ("ko", "en"):
        home = busy.site.browser(busy.site.person("mina"), language).get("/home")
        assert home.status_code == 200
        assert "One lab is open." in home.text


HEARS = '''
from {module} import {event}
from lms_core.hooks import hookimpl


@hookimpl
def {hook}(event: {event}) -> None:
    """Heard."""
    {body}
'''
AFTER = sorted(hook for hook in specifications() if hook.startswith("lms_after_"))


def hears(hook: str, body: str) -> str:
    """A letter box that hears of ``hook`` and does ``body``."""
    event = specifications()[hook].__annotations__["event"]
    return HEARS.format(module=event.__module__, event=event.__name__, hook=hook, body=body)


@pytest.fixture
def listening(tmp_path: Path, embedded, clock) -> Callable[..., Site]:
    """A site on which ``hard`` fails at every after hook there is, and ``good`` writes each down."""
    with shelf_in(tmp_path / "shelf") as shelf:
        for name, body in (
            ("hard", 'raise SystemExit("no printer")'),
            ("good", "with open({path!r}, 'a') as diary:\n        diary.write(event.name + ' ')"),
        ):
            code = "".join(hears(hook, body.format(path=str(tmp_path / "diary"))) for hook in AFTER)
            shelf.add(name, code, tuple(AFTER))
        site = make_site(embedded, clock, tmp_path / "instance", outbox_retries=2)
        for name in ("hard", "good"):
            site.provide(PluginService).enable(SYSTEM, name, SITE)
        site.run_background()
        yield site
        site.house.database.dispose()


def test_a_listener_that_fails_is_retried_and_parked_with_its_reason_and_the_other_hears_once(
    listening: Site, clock, tmp_path: Path
) -> None:
    event: Event = PersonJoined(new_id())
    background: Background = listening.app.extensions["lms_background"]
    with listening.house.work.write() as uow:
        uow.record(event, SYSTEM)
        uow.commit()
    for _ in range(6):
        listening.run_background()
        clock.move(hours=2)
    background.stop()
    with listening.house.work.read() as uow:
        rows = uow.session.execute(
            select(outbox.c.plugin, outbox.c.state, outbox.c.last_error, outbox.c.attempts).where(
                outbox.c.name == event.hook
            )
        ).all()
    (parked,) = [row for row in rows if row.plugin == "hard"]
    assert parked.state == PARKED
    assert parked.attempts == 3
    assert parked.last_error.startswith("HookAborted (")
    assert "hard/plugin.py" in parked.last_error
    assert (tmp_path / "diary").read_text().split().count(event.name) == 1
    assert not [row for row in rows if row.plugin == "good"]
