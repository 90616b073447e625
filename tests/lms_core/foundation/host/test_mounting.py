import pytest
from flask import Blueprint

from lms_core.foundation.host.mounting import check_mounts


@pytest.fixture
def rules(make_manifest):
    def check(*blueprints: Blueprint, endpoints=()) -> list[str]:
        return [finding.rule for finding in check_mounts(make_manifest("labs"), blueprints, endpoints)]

    return check


def blueprint(url_prefix: str | None = "/labs", name: str = "labs") -> Blueprint:
    made = Blueprint(name, __name__, url_prefix=url_prefix)
    made.add_url_rule("/", "home", lambda: "home")
    return made


def test_pages_api_and_static_files_under_the_prefix_are_welcome(rules):
    static = Blueprint("labs_files", __name__, static_folder=".", static_url_path="/static/labs")
    api = blueprint("/api/v1/labs", "labs_api")
    assert rules(blueprint(), api, static, endpoints=["labs.home"]) == []


@pytest.mark.parametrize("prefix", ["/people", "/labs2", None, "/", "/api/v1/labsx", "/api/v1"])
def test_urls_outside_are_refused(rules, prefix):
    assert rules(blueprint(prefix)) == ["url-prefix"]


def test_a_name_of_others_is_refused(rules):
    assert rules(blueprint(name="people")) == ["blueprint"]


@pytest.mark.parametrize(
    "add",
    [
        lambda made: made.before_app_request(lambda: None),
        lambda made: made.after_app_request(lambda response: response),
        lambda made: made.teardown_app_request(lambda error: None),
        lambda made: made.app_url_value_preprocessor(lambda endpoint, values: None),
        lambda made: made.app_url_defaults(lambda endpoint, values: None),
        lambda made: made.app_context_processor(dict),
        lambda made: made.app_errorhandler(404)(lambda error: "mine"),
        lambda made: made.add_app_template_filter(str, "escape"),
        lambda made: made.add_app_template_filter(str, "shout"),
        lambda made: made.add_app_template_global(str, "shout"),
        lambda made: made.add_app_template_test(bool, "loud"),
    ],
)
def test_functions_for_the_whole_application_are_refused(rules, add):
    made = blueprint()
    add(made)
    assert rules(made) == ["app-wide"]


def test_functions_of_the_blueprint_itself_are_its_own_business(rules):
    made = blueprint()
    made.before_request(lambda: None)
    made.errorhandler(404)(lambda error: "mine")
    assert rules(made) == []


def test_a_menu_that_leads_nowhere_is_named_with_what_was_meant(make_manifest):
    (finding,) = check_mounts(make_manifest("labs"), [blueprint()], ["labs.hmoe"])
    assert (finding.rule, finding.suggestion) == ("dead-link", "labs.home")


def test_a_blueprint_that_cannot_be_mounted_is_told(rules):
    made = blueprint()
    made.record(lambda state: 1 / 0)
    assert "blueprint" in rules(made)


def test_two_blueprints_of_one_name_are_told(rules):
    assert rules(blueprint(), blueprint()) == ["blueprint"]


def test_the_real_application_can_still_mount_what_was_tried(rules):
    made = blueprint()
    assert rules(made) == []
    assert rules(made) == []
