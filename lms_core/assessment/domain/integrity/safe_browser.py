"""Safe Exam Browser: the configuration of an exam, its Config Key, and the hashes that requests carry.

Source: the project's own developer documentation, "Config Key" (safeexambrowser.org/developer/seb-config-key.html),
"Browser Exam Key" and "SEB File Format", read in November 2026.
"""

import plistlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urldefrag, urlsplit

from lms_core.assessment.domain.integrity.conditions import Browser, Shown
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text

# Names the program that wrote a file; the documentation exempts it from the Config Key.
ORIGINATOR: Final = "originatorVersion"
ALLOW: Final = 1


def configuration(browser: Browser, start_url: str) -> Mapping[str, Any]:
    """The settings of an exam: it opens ``start_url``, and nothing but that site and the filters' addresses."""
    told: dict[str, Any] = {
        ORIGINATOR: "LMS_Core",
        "startURL": start_url,
        "sendBrowserExamKey": True,
        "allowQuit": True,
        "quitURLConfirm": True,
        "browserWindowAllowReload": True,
        "examSessionClearCookiesOnStart": False,
        "URLFilterEnable": True,
        "URLFilterEnableContentFilter": False,
        "URLFilterRules": [_rule(one) for one in (f"{urlsplit(start_url).netloc}/*", *browser.filters)],
    }
    # Without a password the person may close the browser; an empty hash would be a password that nobody knows.
    return told | ({"hashedQuitPassword": browser.quit_hash} if browser.quit_hash else {})


def written(settings: Mapping[str, Any]) -> bytes:
    """The ``.seb`` file, unencrypted: a property list in XML."""
    return plistlib.dumps(dict(settings), fmt=plistlib.FMT_XML)


def config_key(settings: Mapping[str, Any]) -> str:
    """SHA-256 of the settings as "SEB-JSON", in lower-case hexadecimal (64 characters)."""
    counted = {name: value for name, value in settings.items() if name != ORIGINATOR}
    return sha256(seb_json(counted).encode()).hexdigest()


def seb_json(value: Any) -> str:
    """A value as "SEB-JSON": keys sorted without regard to case, no white space, no escapes, no empty dictionaries."""
    if isinstance(value, Mapping):
        members = sorted(value.items(), key=lambda member: member[0].casefold())
        kept = [(name, one) for name, one in members if not (isinstance(one, Mapping) and not one)]
        return "{" + ",".join(f'"{name}":{seb_json(one)}' for name, one in kept) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(seb_json, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return f'"{_plain(value)}"'


def request_hash(url: str, key: str) -> str:
    """What Safe Exam Browser sends with a request of ``url``: SHA-256 of the URL without fragment, then the key."""
    return sha256((urldefrag(url).url + key).encode()).hexdigest()


def is_shown(shown: Shown, config: str, exam_keys: Sequence[str]) -> bool:
    """Whether a request comes from Safe Exam Browser with the Config Key ``config`` and one of ``exam_keys``."""
    return _matches(shown.config_hash, shown.url, (config,)) and (
        not exam_keys or _matches(shown.exam_hash, shown.url, exam_keys)
    )


def reason_against_browser(shown: Shown, config: str, exam_keys: Sequence[str]) -> Refusal | None:
    """Why the browser of a request does not do, or None."""
    if is_shown(shown, config, exam_keys):
        return None
    if not shown.config_hash:
        said = text("This exam is sat in Safe Exam Browser. Open it by the link on the exam's page.")
        return Refusal("safe-browser-required", said)
    other = text(
        "This Safe Exam Browser has other settings than the exam asks for. Close it, then open the exam by the link "
        "on its page."
    )
    return Refusal("safe-browser-other", other)


def _matches(sent: str, url: str, keys: Iterable[str]) -> bool:
    return any(compare_digest(sent.lower().encode(), request_hash(url, key).encode()) for key in keys)


def _rule(expression: str) -> dict[str, Any]:
    return {"action": ALLOW, "active": True, "expression": expression, "regex": False}


def _plain(value: Any) -> str:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)
