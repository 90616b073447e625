import pytest
from sqlalchemy import select

from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.errors import Unauthenticated
from lms_core.foundation.host.gates import Gates, Rule
from lms_core.foundation.host.repository import StoredGates
from lms_core.foundation.host.service import PluginRequired, PluginService, PluginUnknown
from lms_core.foundation.scopes import SITE, Scope, scopes
from lms_core.foundation.tables import outbox

CAMPUS = Scope("campus", "1")


@pytest.fixture
def service(work, make_manifest):
    manifests = {"base": make_manifest("base"), "top": make_manifest("top", requires={"base": ""})}
    return PluginService(work, manifests)


@pytest.fixture
def gates(work):
    return Gates(StoredGates(work), {"base": frozenset(), "top": frozenset({"base"})}, interval=0.0)


def test_what_is_switched_is_seen_by_the_gates(service, gates):
    assert not gates.enabled("base", scopes())
    service.enable(SYSTEM, "base")
    assert gates.enabled("base", scopes())
    service.disable(SYSTEM, "base")
    assert not gates.enabled("base", scopes())


def test_every_change_begins_an_epoch(service, gates):
    first = gates.snapshot().epoch
    service.enable(SYSTEM, "base")
    service.disable(SYSTEM, "base")
    assert gates.snapshot().epoch == first + 2


def test_enabling_asks_for_what_it_requires(service):
    with pytest.raises(PluginRequired) as refused:
        service.enable(SYSTEM, "top", CAMPUS)
    assert [reason.code for reason in refused.value.reasons] == ["requires"]
    service.enable(SYSTEM, "base", CAMPUS)
    service.enable(SYSTEM, "top", CAMPUS)
    assert Rule("top", CAMPUS, enabled=True) in service.rules()


def test_disabling_what_another_requires_is_refused_with_its_name(service):
    service.enable(SYSTEM, "base")
    service.enable(SYSTEM, "top", CAMPUS)
    for scope in (SITE, CAMPUS):
        with pytest.raises(PluginRequired, match="top"):
            service.disable(SYSTEM, "base", scope)
    service.disable(SYSTEM, "base", Scope("campus", "2"))


def test_a_no_for_the_site_is_final_until_it_is_taken_away(service):
    service.disable(SYSTEM, "base")
    with pytest.raises(PluginRequired, match="final"):
        service.enable(SYSTEM, "base", CAMPUS)
    service.clear(SYSTEM, "base", SITE)
    service.enable(SYSTEM, "base", CAMPUS)


def test_taking_a_rule_away_never_switches_off_what_another_requires(service):
    service.enable(SYSTEM, "base")
    service.enable(SYSTEM, "top", CAMPUS)
    with pytest.raises(PluginRequired, match="top"):
        service.clear(SYSTEM, "base", SITE)
    service.enable(SYSTEM, "base", CAMPUS)
    service.clear(SYSTEM, "base", SITE)
    with pytest.raises(PluginRequired, match="top"):
        service.clear(SYSTEM, "base", CAMPUS)


@pytest.fixture
def told(work):
    """The hooks for which something waits in the outbox, in order: one plugin listens to each."""
    work.listeners = lambda hook: ["labs"]

    def waiting():
        with work.read() as uow:
            return list(uow.session.scalars(select(outbox.c.name).order_by(outbox.c.id)))

    return waiting


def test_switching_is_told_to_those_who_hear_of_plugins(service, told):
    service.enable(SYSTEM, "base", CAMPUS)
    service.disable(SYSTEM, "base", CAMPUS)
    assert told() == ["lms_after_plugin_enabled", "lms_after_plugin_disabled"]


def test_taking_a_rule_away_is_told_where_it_switches_something(service, told):
    service.enable(SYSTEM, "base")
    service.enable(SYSTEM, "base", CAMPUS)
    service.clear(SYSTEM, "base", CAMPUS)
    assert len(told()) == 2
    service.disable(SYSTEM, "base", CAMPUS)
    service.clear(SYSTEM, "base", CAMPUS)
    assert told()[3:] == ["lms_after_plugin_enabled"]
    service.clear(SYSTEM, "base", SITE)
    assert told()[4:] == ["lms_after_plugin_disabled"]


def test_an_unknown_plugin_is_named_with_what_was_meant(service):
    with pytest.raises(PluginUnknown, match="“base”"):
        service.enable(SYSTEM, "bsae")


def test_nobody_switches_without_permission(service):
    with pytest.raises(Unauthenticated):
        service.enable(Actor(), "base")


def test_installed_plugins_are_remembered_and_kept_data_stays_known(service, make_manifest):
    service.remember(SYSTEM, make_manifest("base", hosts=("learn.example.com",)))
    service.enable(SYSTEM, "base")
    assert service.records()["base"].consent["hosts"] == ["learn.example.com"]
    service.forget(SYSTEM, "base", keep=True)
    assert service.records()["base"].state == "kept"
    assert service.rules() == ()
    service.remember(SYSTEM, make_manifest("base"))
    assert service.records()["base"].state == "installed"
    service.forget(SYSTEM, "base", keep=False)
    assert service.records() == {}
