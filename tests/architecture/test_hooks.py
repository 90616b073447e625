"""A hook is documented, answered by somebody who truly uses it, and tried by a test."""

import inspect

import pytest

from lms_core.app.plugins import specifications
from lms_core.hooks.caller import SPECIFICATIONS, Hooks
from tests.architecture.houses import ROOT, functions, plugins, rooms
from tests.support import reference

HOOKS = sorted(specifications())
# Every hook that partners were promised, but for those that only the host's own rooms can answer.
ROOMS_ALONE = {
    "lms_register_scope_sources": "the kinds of scope are the rooms': a plugin brings none",
}
VERBS = ("register", "review", "choose", "after", "show")


@pytest.fixture(scope="module")
def answered() -> set[str]:
    return {function.name for house in (*rooms(), *plugins()) for function in functions(house / "plugin.py")}


@pytest.fixture(scope="module")
def answered_by_plugins() -> set[str]:
    return {function.name for house in plugins() for function in functions(house / "plugin.py")}


@pytest.fixture(scope="module")
def tried() -> str:
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("plugins/*/tests/**/*.py")]
    return "\n".join(
        path.read_text() for path in files if path.name != "test_hooks.py" or path.parent.name != "architecture"
    )


@pytest.mark.parametrize("hook", HOOKS)
def test_its_verb_tells_the_contract(hook: str) -> None:
    assert hook.split("_")[1] in VERBS


@pytest.mark.parametrize("hook", HOOKS)
def test_it_is_typed_and_says_when_it_is_asked(hook: str) -> None:
    function = specifications()[hook]
    assert inspect.getdoc(function)
    assert inspect.signature(function).return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize("hook", HOOKS)
def test_somebody_answers_it(hook: str, answered: set[str]) -> None:
    assert hook in answered


@pytest.mark.parametrize("hook", [hook for hook in HOOKS if hook not in ROOMS_ALONE])
def test_a_plugin_truly_uses_it(hook: str, answered_by_plugins: set[str]) -> None:
    """A room is its maker's own: whether a stranger can live with a hook, only a plugin shows."""
    assert hook in answered_by_plugins


@pytest.mark.parametrize("hook", ROOMS_ALONE)
def test_what_is_left_to_rooms_is_used_by_no_plugin_and_has_a_reason(
    hook: str, answered: set[str], answered_by_plugins: set[str]
) -> None:
    assert ROOMS_ALONE[hook]
    assert hook in answered - answered_by_plugins


@pytest.mark.parametrize("hook", HOOKS)
def test_a_test_names_it_or_the_voice_that_asks_it(hook: str, tried: str) -> None:
    assert hook in tried or hook.removeprefix("lms_") in tried


@pytest.mark.parametrize("hook", [hook for hook in HOOKS if hook.split("_")[1] in {"review", "choose", "show"}])
def test_the_voice_has_a_method_for_it(hook: str) -> None:
    assert hasattr(Hooks, hook.removeprefix("lms_"))


def test_the_reference_page_is_what_the_specifications_say() -> None:
    assert reference.PAGE.read_text() == reference.page()


def test_every_specification_module_is_known_to_the_caller() -> None:
    written = {path.stem for path in (ROOT / "lms_core" / "hooks").glob("*.py") if "@hookspec" in path.read_text()}
    assert written == {module.__name__.rpartition(".")[2] for module in SPECIFICATIONS}
