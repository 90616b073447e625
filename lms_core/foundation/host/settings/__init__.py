"""The settings of plugins: declared as a schema, kept by place, inherited from wider places, read from memory.

``declared`` says what there is, ``inheritance`` which value holds where, ``sealing`` how a secret is kept;
``service`` changes them, ``book`` is what a plugin's code reads: ``provide(SettingsBook).of("<id>", scopes)``.
"""

from lms_core.foundation.host.settings.book import SettingsBook
from lms_core.foundation.host.settings.declared import DeclaredSettings, PluginSettings
from lms_core.foundation.host.settings.service import SettingsService

__all__ = ["DeclaredSettings", "PluginSettings", "SettingsBook", "SettingsService"]
