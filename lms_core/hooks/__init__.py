"""The hook points: typed specifications and the frozen values they speak in, one module a room.

Rooms and plugins answer with ``@hookimpl``; the core asks through ``lms_core.hooks.caller.Hooks``.
The verb in a hook's name tells its contract: register, review, choose, after, show.
"""

from pluggy import HookimplMarker

PROJECT = "lms"

hookimpl = HookimplMarker(PROJECT)

__all__ = ["PROJECT", "hookimpl"]
