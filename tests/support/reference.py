"""Writes the generated reference pages: `python -m tests.support.reference`; with --check it only compares."""

import inspect
import sys
from pathlib import Path

from lms_core.hooks.caller import SPECIFICATIONS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "hooks.md"
VERBS = {
    "register": "Asked at boot; all answers are joined in plugin order. Whoever raises or answers nonsense is "
    "quarantined, the site starts, the admin page says why.",
    "review": "Asked before the write transaction opens, on frozen facts; everyone is asked and all reasons are shown "
    "together. **Fails closed**: a failing implementation refuses, with the plugin named.",
    "choose": "Asked when a strategy is needed, outside a write transaction; the first answer wins, the core's is "
    "last, a wrapper may refine it. A failing implementation is passed over.",
    "after": "Told after the commit, at least once, by one outbox row per event and plugin; retried, then parked; one "
    "plugin's failure repeats no other's work.",
    "show": "Asked while a page is made; isolated: a failure shows a short notice to staff and nothing to others.",
}


def page() -> str:
    """The hook reference, from the specifications."""
    parts = [
        "# Hooks",
        "",
        "Generated from `lms_core/hooks` by `make docs`. The verb in a name tells its contract:",
        "",
    ]
    parts += [f"- **{verb}** {told}" for verb, told in VERBS.items()]
    for module in SPECIFICATIONS:
        found = [value for name, value in vars(module).items() if name.startswith("lms_") and inspect.isfunction(value)]
        parts += ["", f"## {module.__name__.rpartition('.')[2]}", "", inspect.getdoc(module) or ""]
        for hook in found:
            parts += _hook(hook)
    return "\n".join(parts) + "\n"


def _hook(hook: object) -> list[str]:
    if not inspect.isfunction(hook):
        return []
    signature = str(inspect.signature(hook)).replace("lms_core.", "").replace("foundation.", "").replace("hooks.", "")
    written = f"{hook.__name__}{signature}"
    return ["", f"### {hook.__name__}", "", "```python", written, "```", "", inspect.getdoc(hook) or ""]


def main() -> int:
    """Write the page, or tell whether it is up to date."""
    if "--check" in sys.argv:
        if PAGE.is_file() and PAGE.read_text() == page():
            return 0
        print("docs/reference/hooks.md is not up to date: run `make docs`.")  # noqa: T201 a command's answer
        return 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
