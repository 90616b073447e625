"""Fixtures for every test of the house, the plugins' included. They stand in tests/support."""

pytest_plugins = (
    "tests.support.logs",
    "tests.support.clock",
    "tests.support.databases",
    "tests.support.brokers",
    "tests.support.site",
    "tests.support.places",
)
