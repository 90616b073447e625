from lms_core.foundation.host.claims import clashes

ROOMS = frozenset({"people", "catalog"})


def rules(faults, name: str) -> list[str]:
    return [finding.rule for finding in faults[name]]


def test_two_plugins_cannot_hold_one_url_prefix(make_manifest):
    faults = clashes([make_manifest("beta", url_prefix="/alpha"), make_manifest("alpha")])
    assert set(faults) == {"beta"}
    assert rules(faults, "beta") == ["url-prefix"]
    assert "alpha" in str(faults["beta"][0])


def test_no_tables_stand_under_another_plugins_prefix(make_manifest):
    faults = clashes([make_manifest("cert_prep"), make_manifest("cert")])
    assert rules(faults, "cert_prep") == ["table-prefix"]


def test_the_names_of_rooms_and_of_the_house_are_the_cores(make_manifest):
    faults = clashes(
        [make_manifest("people"), make_manifest("labs", url_prefix="/api"), make_manifest("catalog_plus")], ROOMS
    )
    assert set(rules(faults, "people")) == {"url-prefix", "table-prefix"}
    assert rules(faults, "labs") == ["url-prefix"]
    assert rules(faults, "catalog_plus") == ["table-prefix"]


def test_neighbours_with_names_of_their_own_are_left_alone(make_manifest):
    assert clashes([make_manifest("certs"), make_manifest("cert_prep"), make_manifest("peoples")], ROOMS) == {}
