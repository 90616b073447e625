"""What several pages do in the same way."""

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from lms_core.foundation.text import Text
from lms_core.foundation.web.languages import say


def told(message: Text, url: str) -> ResponseReturnValue:
    """Say ``message`` on the next page, and go there."""
    flash(say(message), "success")
    return redirect(url)
