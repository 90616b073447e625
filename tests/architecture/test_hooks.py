"""A hook is documented, answered by somebody who truly uses it, and tried by a test."""

import inspect

import pytest

from lms_core.app.plugins import specifications
from lms_core.hooks.caller import SPECIFICATIONS, Hooks
from tests.architecture.houses import ROOT, functions, plugins, rooms
from tests.support import reference

HOOKS = sorted(specifications())
VERBS = ("register", "review", "choose", "after", "show")


@pytest.fixture(scope="module")
def answered() -> set[str]:
    return {function.name for house in (*rooms(), *plugins()) for function in functions(house / "plugin.py")}


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


@pytest.mark.parametrize("hook", [hook for hook in HOOKS if hook.split("_")[1] != "register"])
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
