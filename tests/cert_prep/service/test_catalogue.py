import pytest
from pluggy import PluginManager

import cert_prep.hooks
from cert_prep.domain.catalogue import CertificationNotFound
from cert_prep.service import CatalogueReader
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.host.gates import Snapshot
from lms_core.foundation.settings import Settings
from lms_core.hooks import PROJECT, hookimpl
from tests.support.certifications import certification
from tests.support.switching import switch_off


def test_both_catalogues_are_listed_vendor_by_vendor_with_the_retired_ones_last(embedded_preparation):
    listed = embedded_preparation.catalogue.listed()
    assert len(listed) == 21
    microsoft = [one for one in listed if one.certification.vendor == "Microsoft"]
    assert [one.standing.retired for one in microsoft] == [False] * 8 + [True] * 3


def test_a_catalogue_that_is_switched_off_is_gone_at_once(embedded_preparation):
    assert embedded_preparation.catalogue.find("AI-901")
    switch_off(embedded_preparation.site, "microsoft_certs")
    assert embedded_preparation.catalogue.find("AI-901") is None
    assert embedded_preparation.catalogue.find("GAIL")
    with pytest.raises(CertificationNotFound):
        embedded_preparation.catalogue.get("AI-901")


def test_what_was_checked_over_90_days_ago_is_stale(embedded_preparation, clock):
    assert not embedded_preparation.catalogue.get("GAIL").standing.stale
    clock.move(days=91)
    assert embedded_preparation.catalogue.get("GAIL").standing.stale


class Nonsense:
    """A catalogue that answers what nobody asked for."""

    def __init__(self, answer):
        self.answer = answer

    @hookimpl
    def lms_register_certifications(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def reader(clock, tmp_path, **plugins) -> CatalogueReader:
    manager = PluginManager(PROJECT)
    manager.add_hookspecs(cert_prep.hooks)
    for name, plugin in plugins.items():
        manager.register(plugin, name=name)
    everything_on = Snapshot(1, (), {}, frozenset(plugins))
    return CatalogueReader(Engine(manager, lambda: everything_on), clock, Settings(instance_path=tmp_path))


@pytest.mark.parametrize("answer", [RuntimeError("out of order"), ["AI-901"], "AI-901", 42, [certification(), None]])
def test_a_catalogue_that_fails_or_answers_nonsense_is_left_out_and_the_others_stay(answer, clock, tmp_path):
    found = reader(clock, tmp_path, broken=Nonsense(answer), sound=Nonsense([certification()]))
    assert [one.plugin for one in found.listed()] == ["sound"]
