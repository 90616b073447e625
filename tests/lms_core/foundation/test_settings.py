from pathlib import Path

import pytest

from lms_core.foundation.settings import Settings, SettingsError


def config(home: Path, content: str) -> None:
    (home / "config.py").write_text(content)


def test_what_nobody_sets_has_a_default(tmp_path):
    settings = Settings.load({}, instance_path=tmp_path)
    assert settings.outbox_retries == 5
    assert settings.database == f"sqlite:///{tmp_path}/lms.sqlite3"
    assert settings.overlay == tmp_path / "plugins"


def test_the_environment_goes_before_the_file_and_the_command_line_before_both(tmp_path):
    config(tmp_path, 'POOL_SIZE = 1\nOUTBOX_THREADS = 1\nSITE_NAME_EN = "file"\n')
    environ = {"LMS_INSTANCE_PATH": str(tmp_path), "LMS_POOL_SIZE": "2", "LMS_OUTBOX_THREADS": "2"}
    settings = Settings.load(environ, outbox_threads=3)
    assert (settings.site_name_en, settings.pool_size, settings.outbox_threads) == ("file", 2, 3)
    assert settings.instance_path == tmp_path


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("demo", "1", True),
        ("demo", "TRUE", True),
        ("background", "no", False),
        ("background", "", False),
        ("hook_budget", "0.5", 0.5),
        ("max_body", "1024", 1024),
        ("site_name_ko", "학교", "학교"),
        ("blocked_plugins", "labs, badges,", ("labs", "badges")),
        ("blocked_plugins", "", ()),
    ],
)
def test_a_value_of_the_environment_is_read_as_what_the_setting_is(tmp_path, name, written, value):
    settings = Settings.load({f"LMS_{name.upper()}": written}, instance_path=tmp_path)
    assert getattr(settings, name) == value


@pytest.mark.parametrize(("name", "written"), [("DEMO", "perhaps"), ("POOL_SIZE", "many"), ("HOOK_BUDGET", "soon")])
def test_a_value_of_the_environment_that_cannot_be_read_is_refused_by_name(tmp_path, name, written):
    with pytest.raises(SettingsError, match=f"LMS_{name}='{written}'"):
        Settings.load({f"LMS_{name}": written}, instance_path=tmp_path)


def test_a_name_in_the_file_that_is_no_setting_is_refused_with_its_place(tmp_path):
    config(tmp_path, "POOL_SISE = 4\n")
    with pytest.raises(SettingsError, match=r"config\.py: there is no setting POOL_SISE"):
        Settings.load({}, instance_path=tmp_path)


def test_a_name_that_is_given_and_is_no_setting_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="POOL_SISE"):
        Settings.load({}, instance_path=tmp_path, pool_sise=4)


@pytest.mark.parametrize(
    "content", ['POOL_SIZE = "4"\n', "DEMO = 1\n", "SITE_NAME_KO = None\n", 'BLOCKED_PLUGINS = "labs"\n']
)
def test_a_value_of_the_wrong_type_in_the_file_is_refused(tmp_path, content):
    config(tmp_path, content)
    with pytest.raises(SettingsError, match=content.split(" ", maxsplit=1)[0]):
        Settings.load({}, instance_path=tmp_path)


def test_a_file_may_hold_lists_where_tuples_are_meant_and_whole_numbers_for_fractions(tmp_path):
    config(tmp_path, 'BLOCKED_PLUGINS = ["labs"]\nHOOK_BUDGET = 1\nlocal = 3\n')
    settings = Settings.load({}, instance_path=tmp_path)
    assert (settings.blocked_plugins, settings.hook_budget) == (("labs",), 1)


def test_what_others_put_into_the_environment_is_not_ours(tmp_path):
    assert Settings.load({"LMS_TEST_STRICT": "1", "HOME": "/"}, instance_path=tmp_path) == Settings(
        instance_path=tmp_path
    )


@pytest.mark.parametrize("secret", ["", "dev", "short", "x" * 31])
def test_a_secret_that_others_may_know_is_refused(secret):
    with pytest.raises(SettingsError, match="lms init"):
        Settings(secret_key=secret).require_secret()


def test_a_long_secret_is_taken():
    assert Settings(secret_key="x" * 32).require_secret() == "x" * 32
