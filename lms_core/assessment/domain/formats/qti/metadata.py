"""What a package tells about an item beside its file, as learning object metadata: tags, objective, references."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, cast

from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.assessment.domain.formats.markup import Element
from lms_core.assessment.domain.formats.qti.dialects import element, said
from lms_core.hooks.items import Difficulty, ItemContent, Reference

NAMESPACE: Final = "http://ltsc.ieee.org/xsd/LOM"
_OBJECTIVE: Final = "educational objective"
_LEVELS: Final[Mapping[str, str]] = {"easy": "easy", "medium": "medium", "hard": "difficult"}
_READ: Final[Mapping[str, str]] = {
    "very easy": "easy",
    "easy": "easy",
    "medium": "medium",
    "difficult": "hard",
    "very difficult": "hard",
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What stands beside an item."""

    tags: tuple[str, ...] = ()
    objective: str = ""
    difficulty: Difficulty | None = None
    references: tuple[Reference, ...] = ()

    def beside(self, content: ItemContent) -> ItemContent:
        """The content with what stands beside it."""
        return replace(
            content,
            tags=tuple(dict.fromkeys((*self.tags, *content.tags))),
            objective=self.objective,
            difficulty=self.difficulty,
            references=self.references,
        )


NOTHING: Final = Metadata()


def metadata_of(content: ItemContent, language: str) -> str:
    """The metadata of one item as XML."""
    lom = element(
        "lom",
        _general(content, language),
        _level(content),
        _rights(content, language),
        *(_relation(one, language) for one in content.references),
        _classification(content, language),
        xmlns=NAMESPACE,
    )
    return element("metadata", lom)


def read_metadata(resource: Element) -> Metadata:
    """What the metadata of a resource tells, in whatever namespace it stands."""
    lom = next((each for each in _walk(resource) if _local(each) == "lom"), None)
    if lom is None:
        return NOTHING
    level = next((_value(each) for each in _walk(lom) if _local(each) == "difficulty"), "")
    return Metadata(
        tuple(filter(None, (tidy(_said(each)) for each in _walk(lom) if _local(each) == "keyword"))),
        next((_objective(each) for each in lom.children if _is_objective(each)), ""),
        cast("Difficulty | None", _READ.get(level)),
        tuple(filter(None, (_reference(each) for each in lom.children if _local(each) == "relation"))),
    )


def _general(content: ItemContent, language: str) -> str:
    keywords = (element("keyword", _string(tag, language)) for tag in content.tags)
    return element("general", element("language", said(language)), *keywords)


def _level(content: ItemContent) -> str:
    if content.difficulty is None:
        return ""
    return element("educational", element("difficulty", _vocabulary("LOMv1.0", _LEVELS[content.difficulty])))


def _rights(content: ItemContent, language: str) -> str:
    whose = " · ".join(filter(None, (content.provenance.licence, content.provenance.attribution)))
    return element("rights", element("description", _string(whose, language))) if whose else ""


def _relation(one: Reference, language: str) -> str:
    named = element("identifier", element("catalog", "URI"), element("entry", said(one.url)))
    told = element("description", _string(one.title, language)) if one.title else ""
    return element("relation", element("kind", _vocabulary("LOMv1.0", "references")), element("resource", named, told))


def _classification(content: ItemContent, language: str) -> str:
    if not content.objective:
        return ""
    taxon = element("taxon", element("id", said(content.objective)))
    path = element("taxonPath", element("source", _string("objectives", language)), taxon)
    return element("classification", element("purpose", _vocabulary("LOMv1.0", _OBJECTIVE)), path)


def _vocabulary(source: str, value: str) -> str:
    return element("source", source) + element("value", value)


def _string(words: str, language: str) -> str:
    return element("string", said(words), language=language)


def _reference(relation: Element) -> Reference | None:
    kind = next((_value(each) for each in relation.children if _local(each) == "kind"), "")
    url = next((_said(each) for each in _walk(relation) if _local(each) == "entry"), "")
    title = next((_said(each) for each in _walk(relation) if _local(each) == "description"), "")
    return Reference(url, tidy(title)) if kind == "references" and url else None


def _is_objective(found: Element) -> bool:
    purpose = next((_value(each) for each in found.children if _local(each) == "purpose"), "")
    return _local(found) == "classification" and purpose == _OBJECTIVE


def _objective(found: Element) -> str:
    taxon = next((each for each in _walk(found) if _local(each) == "taxon"), None)
    return next((_said(each) for each in taxon.children if _local(each) == "id"), "") if taxon else ""


def _value(found: Element) -> str:
    return next((_said(each).lower() for each in found.children if _local(each) == "value"), "")


def _said(found: Element) -> str:
    return "".join("".join(each.parts) for each in _walk(found)).strip()


def _walk(found: Element) -> Iterator[Element]:
    yield found
    for child in found.children:
        yield from _walk(child)


def _local(found: Element) -> str:
    return found.name.rpartition(":")[2]
