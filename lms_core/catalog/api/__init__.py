"""The JSON API of the catalog: what is published for readers, drafts for their authors."""

from lms_core.foundation.web.api import ApiBlueprint

api = ApiBlueprint("catalog", __name__, "Courses, drafts, revisions.")

from lms_core.catalog.api import drafts, published, publishing  # noqa: E402 they hang their views on ``api``

__all__ = ["api", "drafts", "published", "publishing"]
