"""When to try again, and what to say of a failure."""

import traceback
from datetime import timedelta
from uuid import UUID

from lms_core.foundation.errors import LmsError

FIRST = timedelta(seconds=5)
# 5 s, 20 s, 80 s, 5 min, 21 min: a mail server that restarts is outlived without anyone's help.
FACTOR = 4.0
LONGEST = timedelta(hours=1)


def delay(attempt: int, row_id: UUID) -> timedelta:
    """How long to wait after the ``attempt``-th failure (from 1): exponential, give or take a quarter.

    The scatter comes from the id's random bits, so that rows which failed together do not return together.
    """
    plain = min(FIRST * FACTOR ** min(attempt - 1, 10), LONGEST)
    return plain * (0.75 + (row_id.int & 0xFFFF) / 0x1_0000 / 2)


def described(error: BaseException) -> str:
    """The kind of ``error`` and where it was raised.

    Never its message, which may hold a name or an address: rows carry ids only. The log has the rest.
    """
    said = f"{error.code}: {error.reason.msgid}" if isinstance(error, LmsError) else type(error).__qualname__
    frames = traceback.extract_tb(error.__traceback__)
    return f"{said} ({frames[-1].filename}:{frames[-1].lineno})" if frames else said
