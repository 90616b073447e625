"""Reads a programme from its file: TOML, one file a programme, both languages side by side."""

import tomllib
from collections.abc import Mapping
from typing import Any

from bigtech_campus.domain.programmes import Programme
from lms_core.foundation.text import Titles
from lms_core.hooks.catalog import Curriculum, CurriculumActivity, CurriculumModule


def read_programme(source: str) -> Programme:
    """The programme written in ``source``. Raises KeyError, TypeError or ValueError where something is missing."""
    written = tomllib.loads(source)
    partner = Titles(**written["partner"])
    curriculum = Curriculum(
        code=written["code"],
        version=written["version"],
        title=Titles(**written["title"]),
        summary=Titles(**written["summary"]),
        partner=partner.en,
        effective_from=written["effective_from"],
        modules=tuple(_module(each) for each in written["modules"]),
    )
    figures = (written["months"], written["places_per_year"], written["cohorts_per_year"])
    return Programme(partner, written["partner_slug"], *figures, curriculum)


def _module(written: Mapping[str, Any]) -> CurriculumModule:
    activities = tuple(_activity(each) for each in written["activities"])
    return CurriculumModule(Titles(**written["title"]), activities, written["key"], written["required"])


def _activity(written: Mapping[str, Any]) -> CurriculumActivity:
    body = Titles(written["ko"].strip(), written["en"].strip())
    settings = dict(written.get("settings", {}))
    return CurriculumActivity(written["kind"], Titles(**written["title"]), body, settings, written["minutes"])
