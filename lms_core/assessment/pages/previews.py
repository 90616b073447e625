"""An item of any type as its author previews it: what is asked, what can be chosen, and the key line by line."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from lms_core.assessment.domain.forms import questions_of
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.pages import pages
from lms_core.assessment.pages.answers import numbered
from lms_core.foundation.web.markdown import to_html
from lms_core.hooks.item_types import ReportRow, Showing
from lms_core.hooks.items import GroupInteraction, ItemContent

TYPES: Final = {one.name: one for one in CORE_TYPES}
LISTED: Final = ("choices", "sources", "targets", "texts", "areas")


@dataclass(frozen=True, slots=True)
class Previewed:
    """One question: its prompt, the lists one chooses from, and the lines of its key, all of it safe HTML."""

    prompt: str
    lists: list[tuple[str, list[str]]]
    key: tuple[ReportRow, ...]
    told: str = ""


@pages.app_template_global("previewed")
def previewed(content: ItemContent, language: str) -> list[Previewed]:
    """The question of an item, or the questions of a case; none for a type that only a plugin knows."""
    return [_question(one, language) for one in questions_of(content) if one.type in TYPES]


@pages.app_template_global("exhibits_of")
def exhibits_of(content: ItemContent, language: str) -> list[tuple[str, str]]:
    """The documents of a case: title, and text as HTML."""
    if not isinstance(content.interaction, GroupInteraction):
        return []
    return [(one.title.in_(language), to_html(one.text.in_(language))) for one in content.interaction.exhibits]


def _question(content: ItemContent, language: str) -> Previewed:
    kind = TYPES[content.type]
    names = {name: name for name in kind.arrange(content, None)}
    showing = Showing(language, names, to_html)
    shown = kind.present(content, showing)
    explained = kind.explain(content, showing)
    marks = kind.mark(kind.key(content, names), explained["key"])
    solved = {**shown, **explained, "components": [asdict(one) for one in marks]}
    prompt = numbered(to_html(content.stem.in_(language)))
    told = to_html(content.explanation.in_(language))
    return Previewed(prompt, _lists(shown), kind.report(solved, solved["key"]), told)


def _lists(shown: Any) -> list[tuple[str, list[str]]]:
    """Everything one can choose from, list by list."""
    plain = [("", [one["html"] for one in shown[name]]) for name in LISTED if shown.get(name)]
    named = [(one["label_html"], [each["html"] for each in one["choices"]]) for one in shown.get("lists", ())]
    return plain + named
