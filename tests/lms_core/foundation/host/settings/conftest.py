"""A plugin with settings of every sort, and the tools that keep them."""

import pytest

from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.repository import StoredGates
from lms_core.foundation.host.settings import DeclaredSettings, PluginSettings, SettingsBook, SettingsService
from lms_core.foundation.host.settings.sealing import Sealer
from lms_core.foundation.settings import Settings
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema

KEY = "the key of a site under test, long enough to be taken"


class LabSettings(Schema):
    seats = fields.Integer(load_default=20, validate=fields.Range(min=1, max=40))
    opens_on = fields.Date()
    quiet = fields.Boolean(load_default=False)
    token = fields.String(metadata={"secret": True})


@pytest.fixture
def declared():
    return DeclaredSettings({"labs": PluginSettings(LabSettings(), ("site", "campus", "course"))})


@pytest.fixture
def sealer(tmp_path):
    return Sealer(Settings(tmp_path, secret_key=KEY))


@pytest.fixture
def settings(work, declared, sealer):
    return SettingsService(work, declared, sealer)


@pytest.fixture
def book(work, declared, sealer):
    gates = Gates(StoredGates(work), {"labs": frozenset()}, interval=0.0)
    return SettingsBook(work, gates, declared, sealer)
