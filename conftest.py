"""Fixtures for every test of the house, the plugins' included. They stand in tests/support."""

import sys
from pathlib import Path

# Developers see plugins by their source, beside the environment: a demonstration made with the same environment sees
# wheels alone. What entry points they have stands in the egg-info that `make dev` writes into each folder.
sys.path += [str(manifest.parents[1]) for manifest in sorted(Path(__file__).parent.glob("plugins/*/*/plugin.toml"))]

pytest_plugins = (
    "tests.support.routing",
    "tests.support.logs",
    "tests.support.properties",
    "tests.support.clock",
    "tests.support.databases",
    "tests.support.brokers",
    "tests.support.site",
    "tests.support.academy",
    "tests.support.places",
)
