"""Setting plugins: places, rules, secrets and the log."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from lms_core.foundation import tables
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.errors import Forbidden, Invalid, Unauthenticated
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.host.settings import SettingsService
from lms_core.foundation.host.settings.declared import NoSettings
from lms_core.foundation.host.settings.sealing import SecretClosed
from lms_core.foundation.host.tables import plugin_settings
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import SITE, Scope, scopes

MAPO = Scope("campus", "mapo")
IN_MAPO = scopes(campus="mapo", course="ai")


def logged(work):
    with work.read() as uow:
        rows = uow.session.execute(select(tables.events.c.payload).order_by(tables.events.c.occurred_at))
        return [payload for (payload,) in rows if "setting" in payload]


def rows(work):
    with work.read() as uow:
        return list(uow.session.execute(select(plugin_settings.c.name, plugin_settings.c.value)))


def test_without_a_word_the_defaults_hold(book):
    assert book.of("labs") == {"seats": 20, "opens_on": None, "quiet": False, "token": None}


def test_a_narrower_place_goes_before_a_wider_one(settings, book):
    settings.change(SYSTEM, "labs", SITE, {"seats": 10, "quiet": True})
    settings.change(SYSTEM, "labs", MAPO, {"seats": 30})
    assert book.of("labs")["seats"] == 10
    assert (book.of("labs", IN_MAPO)["seats"], book.of("labs", IN_MAPO)["quiet"]) == (30, True)
    settings.change(SYSTEM, "labs", MAPO, {}, ["seats"])
    assert book.of("labs", IN_MAPO)["seats"] == 10


def test_values_come_back_as_the_schema_loads_them(settings, book):
    settings.change(SYSTEM, "labs", SITE, {"opens_on": "2026-03-02"})
    assert book.of("labs")["opens_on"] == date(2026, 3, 2)


def test_what_breaks_a_rule_is_refused_as_a_whole(settings, book):
    with pytest.raises(Invalid) as refused:
        settings.change(SYSTEM, "labs", SITE, {"seats": 400, "opens_on": "soon", "quiet": True})
    assert set(refused.value.fields) == {"seats", "opens_on"}
    assert not book.of("labs")["quiet"]


def test_an_unknown_name_or_a_place_of_another_kind_is_refused_with_what_was_meant(settings):
    with pytest.raises(Invalid) as refused:
        settings.change(SYSTEM, "labs", Scope("cohort", "1"), {"seat": 3})
    assert "“seats”" in str(refused.value.fields["seat"][0])
    assert "site, campus, course" in str(refused.value.fields["scope"][0])
    with pytest.raises(NoSettings):
        settings.change(SYSTEM, "lab", SITE, {"seats": 3})


def test_only_who_manages_plugins_there_may_set_them(settings):
    with pytest.raises((Forbidden, Unauthenticated)):
        settings.change(Actor(new_id()), "labs", SITE, {"seats": 3})
    with pytest.raises((Forbidden, Unauthenticated)):
        settings.shown(Actor(new_id()), "labs", SITE, scopes())


def test_a_secret_is_kept_closed_read_by_the_plugin_and_shown_to_nobody(settings, book, work):
    settings.change(SYSTEM, "labs", SITE, {"token": "s3cret"})
    assert book.of("labs")["token"] == "s3cret"
    assert "s3cret" not in str(rows(work))
    shown = {one.name: one for one in settings.shown(SYSTEM, "labs", SITE, scopes())}
    assert (shown["token"].value, shown["token"].source, shown["token"].secret) == (None, SITE, True)


def test_every_change_stands_in_the_log_and_secrets_are_masked(settings, work):
    settings.change(SYSTEM, "labs", MAPO, {"seats": 30, "token": "s3cret"})
    settings.change(SYSTEM, "labs", MAPO, {"seats": 31}, ["token"])
    told = {(one["setting"], one["before"], one["after"], one["scope"]) for one in logged(work)}
    assert told == {
        ("seats", "", "30", "campus:mapo"),
        ("token", "", "••••", "campus:mapo"),
        ("seats", "30", "31", "campus:mapo"),
        ("token", "••••", "", "campus:mapo"),
    }


def test_a_new_secret_key_opens_and_reseals_what_the_former_one_sealed(settings, book, work, declared, sealer):
    settings.change(SYSTEM, "labs", SITE, {"token": "s3cret"})
    fresh = "a fresh key of the site, long enough to be taken as well"
    both = replace(sealer.settings, secret_key=fresh, former_secret_keys=(sealer.settings.secret_key,))
    turned = SettingsService(work, declared, replace(sealer, settings=both))
    assert turned.reseal(SYSTEM) == (1, ())
    alone = replace(sealer, settings=replace(sealer.settings, secret_key=fresh))
    assert replace(book, sealer=alone).of("labs")["token"] == "s3cret"
    with pytest.raises(SecretClosed):
        book.of("labs")


def test_resealing_names_what_no_key_opens(settings, work, declared, sealer):
    settings.change(SYSTEM, "labs", MAPO, {"token": "s3cret"})
    other = replace(sealer, settings=replace(sealer.settings, secret_key="another key, which never sealed anything"))
    count, closed = SettingsService(work, declared, other).reseal(SYSTEM)
    assert (count, [(one.name, one.scope) for one in closed]) == (0, [("token", MAPO)])


def test_a_value_that_the_schema_takes_no_longer_gives_way_to_the_default(settings, book, declared):
    settings.change(SYSTEM, "labs", SITE, {"seats": 30})
    declared["labs"].schema.fields["seats"].validators[0].max = 25
    try:
        assert book.of("labs")["seats"] == 20
    finally:
        declared["labs"].schema.fields["seats"].validators[0].max = 40


def test_settings_are_kept_with_the_data_and_dropped_with_it(settings, book, work):
    settings.change(SYSTEM, "labs", SITE, {"seats": 30})
    PluginService(work).forget(SYSTEM, "labs", keep=True)
    assert book.of("labs")["seats"] == 30
    PluginService(work).forget(SYSTEM, "labs", keep=False)
    assert book.of("labs")["seats"] == 20
