"""How a secret is kept."""

import pytest

from lms_core.foundation.host.settings.sealing import Sealer, SecretClosed
from lms_core.foundation.settings import Settings

OLD, NEW = ("the first key of a site, long enough to be taken", "the second key of a site, long enough as well")


def sealer(tmp_path, key, *former):
    return Sealer(Settings(tmp_path, secret_key=key, former_secret_keys=former))


def test_what_was_sealed_can_be_opened_and_not_be_read(tmp_path):
    kept = sealer(tmp_path, OLD).seal("labs", "token", "열려라 참깨")
    assert "참깨" not in kept
    assert sealer(tmp_path, OLD).open("labs", "token", kept) == "열려라 참깨"


def test_the_same_secret_is_sealed_differently_each_time(tmp_path):
    keeper = sealer(tmp_path, OLD)
    assert keeper.seal("labs", "token", "one") != keeper.seal("labs", "token", "one")


def test_a_former_key_opens_what_it_sealed(tmp_path):
    kept = sealer(tmp_path, OLD).seal("labs", "token", "one")
    assert sealer(tmp_path, NEW, OLD).open("labs", "token", kept) == "one"


@pytest.mark.parametrize(("plugin", "name"), [("labs", "other"), ("others", "token")])
def test_a_sealed_value_opens_nowhere_else(tmp_path, plugin, name):
    keeper = sealer(tmp_path, OLD)
    with pytest.raises(SecretClosed, match="lms plugin set"):
        keeper.open(plugin, name, keeper.seal("labs", "token", "one"))


def test_without_its_key_or_once_changed_it_stays_closed(tmp_path):
    kept = sealer(tmp_path, OLD).seal("labs", "token", "one")
    with pytest.raises(SecretClosed):
        sealer(tmp_path, NEW).open("labs", "token", kept)
    with pytest.raises(SecretClosed):
        sealer(tmp_path, OLD).open("labs", "token", f"{kept[:-4]}AAA=")
