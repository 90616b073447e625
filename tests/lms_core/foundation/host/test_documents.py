"""The pages about plugins say what the code does."""

import ast
import re
from pathlib import Path

import lms_core.foundation.host
from lms_core.foundation.host.fields import Fields
from lms_core.foundation.host.manifest_file import parse_manifest

DOCS = Path(__file__).parents[4] / "docs"
HOST = Path(lms_core.foundation.host.__file__).parent


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_example_uses_every_key_and_is_sound(monkeypatch):
    asked: set[str] = set()
    monkeypatch.setattr(Fields, "close", lambda self, also=(): None if self.path else asked.update(self.asked))
    (example,) = blocks("reference/manifest.md", "toml")
    manifest, findings = parse_manifest(example, "plugin.toml", "practice_labs", "1.0")
    assert findings == ()
    page = (DOCS / "reference/manifest.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \| (?:yes)? ?\|", page, re.MULTILINE)) == asked
    assert all(f"{key} = " in example or f"[{key}]" in example for key in asked)
    assert manifest is not None


# At which place the rule stands in the calls that make findings.
PLACES = {"Finding": 3, "fault": 0, "_fault": 1, "wrong": 1, "complain": 1, "_with": 1, "_finding": 2, "fault_at": 2}


def rules_in(module: str) -> set[str]:
    tree = ast.parse((HOST / f"{module}.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [(getattr(call.func, "attr", getattr(call.func, "id", "")), call.args) for call in calls]
    found = [args[PLACES[name]] for name, args in named if name in PLACES and len(args) > PLACES[name]]
    return {each.value for each in found if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_every_rule_of_the_code_is_explained():
    page = (DOCS / "reference/manifest.md").read_text(encoding="utf-8")
    checks = (
        "manifest_file",
        "fields",
        "discovery",
        "order",
        "claims",
        "strictness",
        "declared",
        "mounting",
        "entrances",
        "loading",
    )
    rules = set().union(*map(rules_in, checks))
    assert len(rules) > 40
    assert {rule for rule in rules if f"`{rule}`" not in page} == set()
