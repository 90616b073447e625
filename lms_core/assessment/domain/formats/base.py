"""What every reader ends with: the item checked against the rules of its type, named, or refused."""

from dataclasses import replace

from lms_core.assessment.domain.checks import problems
from lms_core.assessment.domain.dirt import doubts, pinned
from lms_core.assessment.domain.items import canonical_hashes
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ReadItem
from lms_core.hooks.items import ItemContent


def checked(line: int, content: ItemContent, *told: Problem, has_choice_feedback: bool = True) -> ReadItem:
    """The item as read: named, its "all of the above" pinned, refused or with its warnings."""
    named = content if content.identifier else replace(content, identifier=_name_of(content))
    refusals = problems(named)
    if refusals or any(problem.severity == "error" for problem in told):
        return ReadItem(line, named.identifier, None, (*told, *refusals), has_choice_feedback)
    kept = (each for each in doubts(named) if has_choice_feedback or each.rule != "shared-explanation")
    return ReadItem(line, named.identifier, pinned(named), (*told, *kept), has_choice_feedback)


def rejected(line: int, identifier: str, problem: Problem) -> ReadItem:
    """An item that could not even be made into a content."""
    return ReadItem(line, identifier, None, (problem,))


def _name_of(content: ItemContent) -> str:
    """A name for an item that came without one, the same whenever the same item comes again."""
    return f"item-{next(iter(canonical_hashes(content).values()), '')[:12]}"
