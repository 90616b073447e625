"""Fixtures of browser tests. They stand in tests/support/browser.py."""

import pytest

from tests.support.browser import camera, chromium, running_clock, served, visit

__all__ = ["camera", "chromium", "running_clock", "served", "visit"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; each module stays on one worker, since it shares a site and a browser."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(item.path.name))
