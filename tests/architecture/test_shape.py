"""One shape: every room and plugin has the same inside, modules and functions stay small, names say something."""

import subprocess
import sys

from tests.architecture.houses import ROOT, functions, modules, named, plugins, rooms

STAIRS = {
    "plugin",
    "domain",
    "tables",
    "repository",
    "service",
    "schemas",
    "api",
    "pages",
    "tasks",
    "commands",
    "hooks",
}
FOLDERS = {"templates", "static", "translations", "data", "__pycache__"}
MODULE, FUNCTION = 300, 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "manager"}


def test_rooms_and_plugins_have_the_files_of_the_list_and_no_others() -> None:
    odd = []
    for house in (*rooms(), *plugins()):
        allowed = STAIRS | FOLDERS | {"__init__"} | ({"migrations"} if house in plugins() else set())
        odd += [
            named(path)
            for path in house.iterdir()
            if path.stem not in allowed and path.suffix not in {".toml", ".typed"}
        ]
    assert not odd


def test_every_room_says_what_it_is_for() -> None:
    assert not [
        named(house) for house in (*rooms(), *plugins()) if not (house / "__init__.py").read_text().startswith('"""')
    ]


def test_no_module_is_past_its_length() -> None:
    assert not {named(path): lines for path in modules() if (lines := len(path.read_text().splitlines())) > MODULE}


def test_no_function_is_past_its_length() -> None:
    long = {
        f"{named(path)}:{function.lineno} {function.name}": lines
        for path in modules()
        for function in functions(path)
        if (lines := (function.end_lineno or function.lineno) - function.lineno + 1) > FUNCTION
    }
    assert not long


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [named(path) for path in modules() if path.stem in VAGUE or path.parent.name in VAGUE]


def test_letter_boxes_hold_no_logic() -> None:
    heavy = [
        f"{named(house)}/plugin.py:{function.lineno} {function.name}"
        for house in (*rooms(), *plugins())
        for function in functions(house / "plugin.py")
        if len(function.body) > 6
    ]
    assert not heavy


def test_import_contracts_hold() -> None:
    path = ":".join([str(ROOT), *(str(plugin.parent) for plugin in plugins())])
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": path, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-500:]
