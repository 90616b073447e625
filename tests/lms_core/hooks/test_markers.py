import pytest
from pluggy import PluginManager

from lms_core.hooks import PROJECT
from lms_core.hooks.markers import hookspec, since


class Specifications:
    @hookspec
    def lms_show_plain(self) -> int | None: ...

    @hookspec(firstresult=True, since="1.1")
    def lms_choose_later(self) -> int | None: ...


def test_pluggy_sees_them_as_its_own():
    manager = PluginManager(PROJECT)
    manager.add_hookspecs(Specifications)
    assert manager.hook.lms_show_plain.spec.opts["firstresult"] is False
    assert manager.hook.lms_choose_later.spec.opts["firstresult"] is True


@pytest.mark.parametrize(
    ("specification", "contract"), [(Specifications.lms_show_plain, "1.0"), (Specifications.lms_choose_later, "1.1")]
)
def test_each_says_since_which_contract_it_stands(specification, contract):
    assert since(specification) == contract
