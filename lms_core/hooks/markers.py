"""The marker that makes a function a hook specification. Only the modules of this package use it."""

from pluggy import HookspecMarker

from lms_core.hooks import PROJECT

hookspec = HookspecMarker(PROJECT)
