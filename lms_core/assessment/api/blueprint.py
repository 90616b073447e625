"""The blueprint that every module of this API adds to."""

from lms_core.foundation.web.api import ApiBlueprint

api = ApiBlueprint("assessment", __name__, "Banks of items, exams, attempts and results")
