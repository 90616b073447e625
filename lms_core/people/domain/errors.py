"""Why somebody could not come in."""

from lms_core.foundation.errors import Conflict, NotFound, TooMany, Unauthenticated
from lms_core.foundation.text import text


class SignInFailed(Unauthenticated):
    """The address or the password is wrong; which of them is not told."""

    code = "sign-in-failed"
    default = text("The e-mail address or the password is not right. Check both, or ask for a new password.")


class SignInBusy(TooMany):
    """More people sign in at this moment than passwords can be checked."""

    code = "sign-in-busy"
    default = text("Many people are signing in right now. Try again in a few seconds.")


class LinkSpent(NotFound):
    """A single-use link that was used, expired or never was."""

    code = "link-spent"
    default = text("This link has expired or was already used. Ask for a new one.")


class EmailTaken(Conflict):
    """Somebody has an account with this address already."""

    code = "email-taken"
    default = text("There is already an account with this e-mail address.")
