"""Settings: defaults, then ``instance/config.py``, then ``LMS_*`` from the environment."""

import os
import runpy
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self, get_type_hints

KNOWN_SECRETS = frozenset({"", "dev", "secret", "change-me"})


class SettingsError(ValueError):
    """A setting is unknown or its value cannot be read. The message names it and says where it stands."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs from site to site. Durations in seconds, sizes in bytes."""

    instance_path: Path = field(default_factory=lambda: Path("instance").resolve())
    database_url: str = ""
    broker_url: str = ""
    secret_key: str = ""
    # The ones before, newest first: they open what they sealed, and sign nothing.
    former_secret_keys: tuple[str, ...] = ()
    site_name_ko: str = "청년취업사관학교"
    site_name_en: str = "Youth Employment Academy"
    time_zone: str = "Asia/Seoul"
    default_language: str = "ko"
    public_url: str = "http://127.0.0.1:8000"
    session_days: int = 14
    token_days: int = 180
    invitation_days: int = 7
    reset_minutes: int = 60
    max_body: int = 64 * 1024 * 1024
    hook_budget: float = 0.2
    outbox_threads: int = 4
    outbox_retries: int = 5
    background: bool = True
    pool_size: int = 16
    mail_url: str = ""
    mail_from: str = "no-reply@localhost"
    rate_limit_store: str = "memory://"
    rate_limits: bool = True
    secure_cookies: bool = False
    trusted_proxies: int = 0
    log_format: str = "console"
    log_level: str = "INFO"
    metrics_token: str = ""
    blocked_plugins: tuple[str, ...] = ()
    demo: bool = False

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Self:
        """Gather the settings from all three places; ``given`` (tests, the command line) comes last.

        Raises SettingsError for an unknown name or a value of the wrong type.
        """
        environ = os.environ if environ is None else environ
        home = Path(given.pop("instance_path", None) or environ.get("LMS_INSTANCE_PATH", "instance")).resolve()
        values = _from_file(cls, home / "config.py") | _from_environment(cls, environ) | _checked(cls, given, "given")
        return cls(**(values | {"instance_path": home}))

    @property
    def database(self) -> str:
        """The database's URL: the one given, or the embedded file in the instance folder."""
        return self.database_url or f"sqlite:///{self.instance_path / 'lms.sqlite3'}"

    @property
    def overlay(self) -> Path:
        """Where the files of installed plugins lie."""
        return self.instance_path / "plugins"

    def require_secret(self) -> str:
        """The secret key. Raises SettingsError when it is missing, short or a known one."""
        if self.secret_key in KNOWN_SECRETS or len(self.secret_key) < 32:
            raise SettingsError("secret_key is missing, short or well known: run `lms init`, which writes a random one")
        return self.secret_key


def _from_file(cls: type[Settings], path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    names = {name.lower(): value for name, value in runpy.run_path(str(path)).items() if name.isupper()}
    return _checked(cls, names, str(path))


def _from_environment(cls: type[Settings], environ: Mapping[str, str]) -> dict[str, Any]:
    known = {one.name for one in fields(cls)}
    hints = get_type_hints(cls)
    found = {key[4:].lower(): value for key, value in environ.items() if key.startswith("LMS_")}
    return {name: _read(name, value, hints[name]) for name, value in found.items() if name in known}


def _checked(cls: type[Settings], values: Mapping[str, Any], where: str) -> dict[str, Any]:
    hints = get_type_hints(cls)
    for name, value in values.items():
        if name not in hints:
            raise SettingsError(f"{where}: there is no setting {name.upper()}")
        if not _fits(value, hints[name]):
            raise SettingsError(
                f"{where}: {name.upper()} = {value!r} is no {getattr(hints[name], '__name__', hints[name])}"
            )
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _fits(value: Any, kind: Any) -> bool:
    if kind in (int, float):
        return isinstance(value, (int, kind)) and not isinstance(value, bool)
    if kind in (bool, str, Path):
        return isinstance(value, kind)
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)


def _read(name: str, value: str, kind: Any) -> Any:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
                value.lower()
            ]
        if kind in (int, float, Path):
            return kind(value)
    except (KeyError, ValueError) as wrong:
        raise SettingsError(f"LMS_{name.upper()}={value!r} is no {kind.__name__}") from wrong
    return value if kind is str else tuple(part.strip() for part in value.split(",") if part.strip())
