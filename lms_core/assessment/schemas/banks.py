"""What comes in and goes out about banks, reviews and imports."""

from typing import Any

from lms_core.assessment.domain.banks import STATES
from lms_core.assessment.domain.exams import Place
from lms_core.assessment.domain.licences import LICENCES
from lms_core.foundation.scopes import parse_scope
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Schema

SLUG_HELP = text("Lower-case letters, digits and hyphens, such as “azure-ko”. It stays in addresses and commands.")
LICENCE_HELP = text("Under which terms the items may be shown and changed.")
ATTRIBUTION_HELP = text("The line that is shown beside every item, such as “Microsoft Learn, CC BY 4.0”.")
LANGUAGES = (("ko", text("Korean")), ("en", text("English")))
OWN_LICENCES = {
    "LicenseRef-Own": text("Our own, all rights kept"),
    "LicenseRef-KOGL-1": text("KOGL type 1 (Korean public works)"),
}
LICENCE_OPTIONS = tuple((name, OWN_LICENCES.get(name, name)) for name in LICENCES)


class BankIn(Schema):
    """A new bank, and where it belongs: ``site``, ``organisation:<id>`` or ``campus:<id>``."""

    title_ko = fields.String(
        required=True, validate=fields.Length(min=1, max=200), metadata={"label": text("Title in Korean")}
    )
    title_en = fields.String(
        required=True, validate=fields.Length(min=1, max=200), metadata={"label": text("Title in English")}
    )
    slug = fields.String(
        required=True,
        validate=fields.Length(min=1, max=64),
        metadata={"label": text("Short name"), "help": SLUG_HELP},
    )
    certification = fields.String(
        load_default="",
        validate=fields.Length(max=40),
        metadata={"label": text("Certification"), "help": text("Its code, such as AI-901; empty if there is none.")},
    )
    place = fields.String(
        load_default="site",
        validate=fields.Length(max=64),
        metadata={
            "label": text("Where"),
            "kind": "select",
            "help": text("Who works there may see the bank, according to their role."),
        },
    )

    @staticmethod
    def place_of(written: str) -> Place:
        """The place that ``written`` names. Raises ValueError for what is none."""
        scope = parse_scope(written)
        return Place() if scope.kind == "site" else Place(**{f"{scope.kind}_id": _uuid(scope.id)})


class BankQuery(PageIn):
    """Which items of a bank are wanted."""

    state = fields.String(load_default="", validate=fields.OneOf(["", *STATES]))
    difficulty = fields.String(load_default="", validate=fields.OneOf(["", "easy", "medium", "hard"]))


class ItemQueryIn(BankQuery):
    """The same for programs: every filter by name."""

    type = fields.String(load_default="", validate=fields.Length(max=20))
    objective = fields.String(load_default="", validate=fields.Length(max=80))
    language = fields.String(load_default="", validate=fields.Length(max=8))
    domain = fields.String(load_default="", validate=fields.Length(max=80))


class ImportIn(Schema):
    """Where the items of a file come from. The file itself is sent beside it."""

    language = fields.String(
        load_default="ko",
        validate=fields.OneOf(["ko", "en"]),
        metadata={"label": text("Language"), "options": LANGUAGES, "help": text("Where the file does not say it.")},
    )
    format = fields.String(
        load_default="",
        validate=fields.Length(max=40),
        metadata={"label": text("Format"), "kind": "select"},
    )
    licence = fields.String(
        load_default="",
        validate=fields.OneOf(["", *LICENCES]),
        metadata={"label": text("Licence"), "kind": "select", "help": LICENCE_HELP},
    )
    attribution = fields.String(
        load_default="",
        validate=fields.Length(max=500),
        metadata={"label": text("Attribution"), "help": ATTRIBUTION_HELP},
    )
    author = fields.String(
        load_default="", validate=fields.Length(max=200), metadata={"label": text("Author of the items")}
    )
    source = fields.String(
        load_default="",
        validate=fields.Length(max=500),
        metadata={"label": text("Source"), "help": text("The address where the items come from.")},
    )


class ReviewIn(Schema):
    """A decision on the version that was read."""

    version_id = fields.UUID(required=True, metadata={"kind": "hidden"})
    verdict = fields.String(required=True, validate=fields.OneOf(["approved", "returned"]))
    note = fields.String(
        load_default="",
        validate=fields.Length(max=2000),
        metadata={
            "label": text("Note to the author"),
            "kind": "textarea",
            "help": text("Needed if you return the item: what should change?"),
        },
    )


class RetireIn(Schema):
    """Why an item is asked no more, and which one is asked instead."""

    why = fields.String(
        required=True,
        validate=fields.Length(min=1, max=500),
        metadata={"label": text("Why is it asked no more?")},
    )
    successor = fields.String(
        load_default="",
        validate=fields.Length(max=200),
        metadata={"label": text("Asked instead"), "help": text("The identifier of an item of this bank, or empty.")},
    )


class ChosenIn(Schema):
    """The rows that were ticked: item and version read, with a dot between."""

    chosen = fields.List(
        fields.String(validate=fields.Length(max=80)), required=True, validate=fields.Length(min=1, max=100)
    )


class MapIn(ChosenIn):
    """The domain into which the ticked rows belong; none takes them out."""

    certification = fields.String(
        required=True, validate=fields.Length(min=1, max=40), metadata={"label": text("Certification")}
    )
    domain = fields.String(load_default="", validate=fields.Length(max=80), metadata={"label": text("Domain")})


def _uuid(written: str) -> Any:
    return fields.UUID().deserialize(written)
