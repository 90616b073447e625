"""Plugins and unfinished work as programs see them."""

import pytest

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.scopes import SITE, Scope
from tests.support.shelf import GOOD_PANEL, MISSPELT
from tests.support.site import make_site

HERE = "/api/v1/foundation"
HOME = ("lms_show_home",)


@pytest.fixture
def labs(shelf, embedded, clock, tmp_path):
    shelf.add("labs", GOOD_PANEL, HOME)
    shelf.add("lab_tours", GOOD_PANEL, HOME, requires="labs")
    shelf.add("typo", MISSPELT, ("lms_show_hoem",))
    site = make_site(embedded, clock, tmp_path)
    yield site
    site.house.database.dispose()


@pytest.fixture
def admin(labs):
    return labs.program(labs.administrator())


def test_the_list_tells_what_a_plugin_is_where_it_is_on_and_why_it_does_not_run(labs, admin):
    labs.provide(PluginService).enable(SYSTEM, "labs")
    listed = admin.get(f"{HERE}/plugins?size=100").json
    known = {one["id"]: one for one in listed["items"]}
    assert listed["total"] == len(known)
    assert listed["next"] is None
    assert known["labs"]["state"] == "on"
    assert known["labs"]["rules"] == [{"scope": "site", "enabled": True}]
    assert known["labs"]["disclosed"]["hooks"] == ["lms_show_home"]
    assert known["lab_tours"]["requires"] == ["labs"]
    assert {finding["suggestion"] for finding in known["typo"]["findings"]} == {"lms_show_home"}
    assert all(finding["line"] and finding["file"] for finding in known["typo"]["findings"])
    assert admin.get(f"{HERE}/plugins?state=quarantined").json["total"] == 1


def test_a_program_switches_and_takes_rules_away(labs, admin):
    rules = f"{HERE}/plugins/labs/rules"
    assert admin.post(rules, json={"enabled": True}).json["state"] == "on"
    admin.post(f"{HERE}/plugins/lab_tours/rules", json={"scope": "site", "enabled": True})
    refused = admin.post(rules, json={"enabled": False})
    assert refused.status_code == 409
    assert [reason["plugin"] for reason in refused.json["reasons"]] == ["lab_tours"]
    assert admin.delete(f"{rules}?scope=site").status_code == 409
    assert admin.delete(f"{HERE}/plugins/lab_tours/rules").status_code == 204
    assert admin.delete(f"{rules}?scope=site").status_code == 204
    assert admin.get(f"{HERE}/plugins/labs").json["rules"] == []


@pytest.mark.parametrize("body", [{}, {"enabled": "perhaps"}, {"enabled": True, "scope": "campus:1"}])
def test_nonsense_is_refused_by_field(admin, body):
    refused = admin.post(f"{HERE}/plugins/labs/rules", json=body)
    assert refused.status_code == 422
    assert refused.json["errors"]


def test_who_may_only_see_switches_nothing(labs):
    operator = labs.program(labs.person("operator", campus_operator=Scope("campus", "1")))
    trainee = labs.program(labs.person("mina", trainee=Scope("campus", "1")))
    assert operator.get(f"{HERE}/plugins").status_code == 200
    assert operator.post(f"{HERE}/plugins/labs/rules", json={"enabled": True}).status_code == 403
    assert operator.delete(f"{HERE}/plugins/labs/rules").status_code == 403
    assert operator.get(f"{HERE}/outbox").status_code == 403
    assert trainee.get(f"{HERE}/plugins").status_code == 403
    assert labs.program().get(f"{HERE}/plugins").status_code == 401
    assert SITE not in {rule.scope for rule in labs.provide(PluginService).rules()}
