"""Keeps secrets closed at rest: sealed under keys that are derived from the site's secret key.

Each setting has a key of its own, so that a sealed value copied to another setting opens nothing there. A new secret
key goes in front of the former ones (``former_secret_keys``), which still open what they sealed until
``lms plugin reseal`` has sealed it anew.
"""

import base64
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lms_core.foundation.errors import Unavailable
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import text

_PURPOSE = "lms plugin setting"
_KEY_BYTES = 32


class SecretClosed(Unavailable):
    """A sealed value opens under none of the site's keys."""

    code = "secret-closed"


@dataclass(frozen=True)
class Sealer:
    """Seals and opens under the keys of ``settings``."""

    settings: Settings

    def seal(self, plugin: str, name: str, value: str) -> str:
        """``value``, closed under the present key."""
        return self._keys(plugin, name).encrypt(value.encode()).decode()

    def open(self, plugin: str, name: str, sealed: Any) -> str:
        """What was sealed. Raises SecretClosed where no key opens it, or somebody changed it."""
        try:
            return self._keys(plugin, name).decrypt(str(sealed)).decode()
        except InvalidToken:
            raise SecretClosed(
                text(
                    "The secret setting “%(name)s” of “%(plugin)s” was sealed under another secret key. Add that key "
                    "to FORMER_SECRET_KEYS, or set it anew: lms plugin set %(plugin)s %(name)s",
                    name=name,
                    plugin=plugin,
                )
            ) from None

    def _keys(self, plugin: str, name: str) -> MultiFernet:
        present = self.settings.require_secret()
        known = (present, *self.settings.former_secret_keys)
        return MultiFernet([Fernet(_derived(key, f"{_PURPOSE}/{plugin}/{name}")) for key in known])


def _derived(secret: str, purpose: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose.encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
