"""Work of a plugin that is on at one campus alone."""

from lms_core.foundation.scopes import Scope, scopes

MAPO = Scope("campus", "mapo")


def test_without_a_place_it_runs_and_with_one_where_the_plugin_is_on(around):
    around.gate = lambda _, where: MAPO in where
    with around.work.write() as uow:
        uow.later("people.note", "no place")
        uow.later("people.note", "mapo", scopes=scopes(campus="mapo"))
        uow.later("people.note", "seongbuk", scopes=scopes(campus="seongbuk"))
        uow.commit()
    around.run(around.delivery())
    assert sorted(around.ran) == ["mapo", "no place"]
    assert around.states() == ["held"]
