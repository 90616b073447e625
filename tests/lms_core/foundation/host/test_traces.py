"""Of a plugin that is kept out nothing stays, whatever it left, and whether or not it ran before."""

import sys
from types import ModuleType

import pytest
from sqlalchemy import Column, Integer, Table
from sqlalchemy.orm.instrumentation import register_class

from lms_core.foundation.database import mapper_registry, metadata
from lms_core.foundation.host.traces import Traces

CORE = frozenset({"people"})


@pytest.fixture
def imported():
    """Imports a made-up plugin ``labs``: its module, its table and, unless it breaks off, its mapping."""

    def labs(*, mapped=True):
        module = ModuleType("labs")
        exec("class Bench:\n    pass", vars(module))
        sys.modules["labs"] = module
        table = Table("labs_bench", metadata, Column("id", Integer, primary_key=True))
        if mapped:
            mapper_registry.map_imperatively(module.Bench, table)
        else:
            register_class(module.Bench, registry=mapper_registry)

    yield labs
    Traces.before("labs", "labs_").wipe(CORE)


def left():
    ours = [one for one in mapper_registry._managers if one.class_.__module__ == "labs"]
    return ours, "labs_bench" in metadata.tables, "labs" in sys.modules


@pytest.mark.parametrize("mapped", [True, False])
def test_what_an_import_left_goes_also_where_its_mapping_broke_off(imported, mapped):
    traces = Traces.before("labs", "labs_")
    imported(mapped=mapped)
    traces.wipe(CORE)
    assert left() == ([], False, False)


def test_a_plugin_that_ran_before_and_is_kept_out_now_can_be_imported_again(imported):
    imported()
    Traces.before("labs", "labs_").wipe(CORE)
    assert left() == ([], False, False)
    imported()


def test_the_tables_of_others_stay(imported):
    people = {name for name in metadata.tables if name.startswith("people_")}
    traces = Traces.before("labs", "labs_")
    imported()
    traces.wipe(CORE)
    assert people <= set(metadata.tables)
