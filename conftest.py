"""Fixtures for every test of the house, the plugins' included. They stand in tests/support."""

import site
from pathlib import Path

# The plugins as developers have them: editable, beside the environment, so that a demonstration made with the same
# environment sees wheels alone. `make dev` puts them there.
site.addsitedir(str(Path(__file__).parent / ".dev" / "plugins"))

pytest_plugins = (
    "tests.support.logs",
    "tests.support.clock",
    "tests.support.databases",
    "tests.support.brokers",
    "tests.support.site",
    "tests.support.places",
)
