"""What a plugin can be told: a marshmallow schema, and the kinds of places each of its fields may be set for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema, missing

from lms_core.foundation.errors import NotFound
from lms_core.foundation.scopes import KINDS
from lms_core.foundation.text import text

SECRET = "secret"  # noqa: S105 the name of a field's mark, not a secret


class NoSettings(NotFound):
    """The plugin has no settings, or is not running."""

    code = "no-settings"
    default = text("This plugin has no settings, or is not running.")


@dataclass(frozen=True, slots=True)
class PluginSettings:
    """The settings of one plugin: the fields of ``schema``, which may be set for places of the kinds in ``scopes``.

    A field's ``load_default`` is what holds where nobody set anything. Its metadata may say ``label`` and ``help``
    (texts), ``options`` for a choice, and ``secret``: then its value is kept encrypted and never shown again.
    """

    schema: Schema
    scopes: tuple[str, ...] = KINDS

    @property
    def names(self) -> tuple[str, ...]:
        """The settings by name, in the order of the schema."""
        return tuple(self.schema.fields)

    @property
    def secrets(self) -> frozenset[str]:
        """Those whose values are kept encrypted."""
        return frozenset(name for name, one in self.schema.fields.items() if one.metadata.get(SECRET))

    def defaults(self) -> dict[str, Any]:
        """What holds where nobody set anything; None for a setting without a default."""
        return {name: _default(one.load_default) for name, one in self.schema.fields.items()}


@dataclass(frozen=True)
class DeclaredSettings:
    """The settings of every plugin that runs, by its id."""

    plugins: Mapping[str, PluginSettings] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Iterable[tuple[str, PluginSettings]]) -> "DeclaredSettings":
        """From what plugins registered, each with the plugin that did."""
        return cls(dict(answers))

    def __getitem__(self, plugin: str) -> PluginSettings:
        """The settings of ``plugin``. Raises NoSettings."""
        try:
            return self.plugins[plugin]
        except KeyError:
            raise NoSettings from None


def _default(value: Any) -> Any:
    if value is missing:
        return None
    return value() if callable(value) else value
