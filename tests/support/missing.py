"""What to do where a test needs something that this machine lacks."""

import os
from typing import NoReturn

import pytest


def missing(what: str, why: str, remedy: str) -> NoReturn:
    """Skip the test by the name of ``what`` it lacks; under LMS_TEST_STRICT=1, fail it."""
    reason = f"no {what} ({why}). To run this: {remedy}"
    if os.environ.get("LMS_TEST_STRICT") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
