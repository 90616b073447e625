"""The marker that makes a function a hook specification. Used here, and in a plugin's ``hooks``."""

from pluggy import HookspecMarker

from lms_core.hooks import PROJECT

hookspec = HookspecMarker(PROJECT)
