"""Fixtures for the tests of plugins. pytest finds this module by itself wherever lms-core and pytest are installed.

Nothing of the house is imported until a test asks for one of them: a session that asks for none pays nothing.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from flask import Flask

    from lms_core.foundation.scopes import Scope
    from lms_core.foundation.uow import Work
    from lms_core.hooks.caller import Hooks
    from lms_core.kit.clock import FixedClock
    from lms_core.kit.site import Site, Visitor
    from lms_core.kit.workshop import Workshop


class ClientFor(Protocol):
    """What ``client_for`` is."""

    def __call__(self, role: str | None = "", scope: "Scope | None" = None, language: str = "en") -> "Visitor":
        """A browser of a new person who holds ``role`` in ``scope`` (the whole site if none is given).

        Without a role the person is signed in and holds none; with None for a role nobody is signed in.
        Raises Invalid for a role that is not known, or not given in such a place.
        """
        ...


class Enable(Protocol):
    """What ``enable`` is."""

    def __call__(self, plugin: str = "", scope: "Scope | None" = None) -> None:
        """Switch ``plugin`` on in ``scope`` (the whole site), with what it requires; the one under test if not named.

        Raises ValueError where none is named and the folder of the tests does not offer exactly one.
        """
        ...


@pytest.fixture(scope="session")
def lms_workshop(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Workshop]":
    """What makes the sites of this session."""
    from lms_core.kit.workshop import Workshop  # noqa: PLC0415 see above

    workshop = Workshop(tmp_path_factory.mktemp("lms"))
    yield workshop
    workshop.close()


@pytest.fixture
def clock() -> "FixedClock":
    """The clock of the site. It stands still; ``clock.move(minutes=5)`` moves it."""
    from lms_core.kit.clock import FixedClock  # noqa: PLC0415 see above

    return FixedClock()


@pytest.fixture
def lms_site(
    request: pytest.FixtureRequest, lms_workshop: "Workshop", clock: "FixedClock", tmp_path: Path
) -> "Iterator[Site]":
    """A site of the test's own on SQLite: made by the true migrations, with no rows, and every plugin off."""
    from lms_core.kit.workshop import source_of  # noqa: PLC0415 see above

    if source := source_of(request.path):
        lms_workshop.find(source)
    made = lms_workshop.site(tmp_path / "instance", clock)
    yield made
    made.house.database.dispose()


@pytest.fixture
def lms_app(lms_site: "Site") -> "Flask":
    """The Flask application of that site, with the plugin under test installed from its source."""
    return lms_site.app


@pytest.fixture
def client_for(lms_site: "Site") -> ClientFor:
    """``client_for("trainee", Scope("course", id))`` is a browser; ``.submit(url, field=...)`` posts a form."""
    from lms_core.foundation.scopes import SITE  # noqa: PLC0415 see above

    def make(role: str | None = "", scope: "Scope | None" = None, language: str = "en") -> "Visitor":
        if role is None:
            return lms_site.browser(language=language)
        held = {role: scope or SITE} if role else {}
        return lms_site.browser(lms_site.person("", language, **held), language)

    return make


@pytest.fixture
def enable(request: pytest.FixtureRequest, lms_site: "Site") -> Enable:
    """``enable()`` switches the plugin under test on; ``enable("labs", Scope("campus", id))`` another, elsewhere."""
    from lms_core.foundation.scopes import SITE  # noqa: PLC0415 see above
    from lms_core.kit.workshop import source_of  # noqa: PLC0415 see above

    def switch(plugin: str = "", scope: "Scope | None" = None) -> None:
        source = source_of(request.path)
        offered = source.plugins if source else ()
        if not plugin and len(offered) != 1:
            raise ValueError(f"say which plugin: the folder of these tests offers {', '.join(offered) or 'none'}")
        lms_site.enable(plugin or offered[0], scope or SITE)

    return switch


@pytest.fixture
def uow(lms_site: "Site") -> "Work":
    """Units of work on the site's database: ``with uow.read() as work`` and ``with uow.write() as work``."""
    return lms_site.house.work


@pytest.fixture
def hooks(lms_site: "Site") -> "Hooks":
    """The core's voice, one method a hook: ``hooks.show_home(viewer)``. Asks only those that are on."""
    return lms_site.hooks
