"""Plugins that fail, lie or reach for the core while they are imported."""

import flask
import pytest

from lms_core.foundation.actors import Actor
from lms_core.foundation.web.access import guard
from tests.lms_core.broken.conftest import Broken, Street, app_wide, assert_sound, assert_told
from tests.support.site import make_site

TABLE = """
from sqlalchemy import Column, ForeignKey, Table, Uuid
from lms_core.foundation.database import id_column, mapper_registry, metadata
"""
MESSAGES = "translations/ko/LC_MESSAGES/messages.po"
PLUGINS = {
    "imp_missing": Broken("import", "No module named 'nothing_of_that_name'", "import nothing_of_that_name"),
    "imp_syntax": Broken("import", "SyntaxError", "x = 1\ndef f(:\n"),
    "imp_raises": Broken("import", "ZeroDivisionError", "1 / 0"),
    "imp_exits": Broken("import", "SystemExit", "raise SystemExit(3)"),
    "imp_own": Broken("import", "Stop", "class Stop(BaseException): ...\nraise Stop()"),
    "imp_abandons": Broken("import", "GeneratorExit", "raise GeneratorExit"),
    "imp_deep": Broken("import", "RecursionError", "def f(): f()\nf()"),
    "imp_memory": Broken("import", "MemoryError", "raise MemoryError('all of it')"),
    "imp_bytes": Broken("import", "SyntaxError", files={"plugin.py": b"\x00\xff\xfe"}),
    "imp_circle": Broken(
        "import",
        "ImportError",
        "from imp_circle.domain import A\nB = 1",
        files={"domain.py": "from imp_circle.plugin import B"},
    ),
    "imp_vanishes": Broken("import", "imp_vanishes", "import sys\ndel sys.modules[__name__]"),
    "imp_odd": Broken("import", "TypeError", "import sys\nsys.modules[__name__] = 42"),
    "imp_hooks": Broken("import", "ImportError", files={"hooks.py": "from lms_core.hooks import nothing_there"}),
    "imp_table": Broken("table-prefix", "stray_table", f'{TABLE}Table("stray_table", metadata, id_column())'),
    "imp_points": Broken(
        "foreign-key",
        "well_thing",
        f'{TABLE}Table("imp_points_x", metadata, id_column(), Column("other", Uuid, ForeignKey("well_thing.id")))',
    ),
    "imp_mapper": Broken(
        "import",
        "InvalidRequestError",
        f"{TABLE}from sqlalchemy.orm import relationship\nclass Thing: ...\n"
        'mapper_registry.map_imperatively(Thing, Table("imp_mapper_x", metadata, id_column()), '
        'properties={"others": relationship("NobodyKnows")})',
    ),
    "imp_guard": Broken(
        "tampering",
        "lms_core.foundation.web.access.guard",
        "import sys\nsys.modules['lms_core.foundation.web.access'].guard = None",
    ),
    "imp_flask": Broken(
        "tampering", "before_request", "import flask\nflask.sansio.scaffold.Scaffold.before_request = lambda self, f: f"
    ),
    "imp_actor": Broken(
        "tampering", "Actor.may", "from lms_core.foundation.actors import Actor\nActor.may = lambda *_: True"
    ),
    "imp_po": Broken("messages", "messages", files={MESSAGES: b'msgid "\xff\xfe"\nmsgstr "x"\n'}),
    "imp_rider": Broken("requires-quarantined", "imp_raises", requires="imp_raises"),
}


@pytest.mark.parametrize("name", PLUGINS)
def test_it_is_named_with_its_cause(street: Street, name: str) -> None:
    assert_told(street, name, PLUGINS[name])


def test_the_site_works_and_nothing_of_them_is_left(street: Street) -> None:
    assert_sound(street, frozenset(PLUGINS))


def test_what_they_replaced_is_the_cores_again(street: Street) -> None:
    assert guard.__module__ == "lms_core.foundation.web.access"
    assert flask.Flask.before_request.__module__.startswith("flask.")
    assert Actor.may.__module__ == "lms_core.foundation.actors"
    assert street.site.browser().get("/plugins/").status_code in {302, 401}


def test_every_request_passes_no_function_more_than_without_them(street: Street, embedded, clock, tmp_path) -> None:
    blocked = tuple(PLUGINS)
    plain = make_site(embedded, clock, tmp_path, blocked_plugins=blocked)
    assert app_wide(street.site.app) == app_wide(plain.app)
    plain.house.database.dispose()
