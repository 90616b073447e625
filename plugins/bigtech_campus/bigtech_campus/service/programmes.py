"""The programmes that ship with the plugin: read from its own files, once."""

from functools import cache
from importlib.resources import files

from bigtech_campus.domain import Programme, read_programme
from lms_core.hooks.catalog import Curriculum


@cache
def programmes() -> tuple[Programme, ...]:
    """Every programme, by code."""
    folder = files("bigtech_campus") / "data"
    sources = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(sorted((read_programme(source) for source in sources), key=lambda one: one.code))


def curricula() -> list[Curriculum]:
    """What a course can start from."""
    return [one.curriculum for one in programmes()]


def programme_of(code: str) -> Programme | None:
    """The programme whose curriculum bears ``code``; None for any other curriculum."""
    return next((one for one in programmes() if one.code == code), None)


def programmes_of_partner(slug: str) -> tuple[Programme, ...]:
    """The programmes of the partner with this short name."""
    return tuple(one for one in programmes() if one.partner_slug == slug)
