"""What every type keeps to, whatever its items say."""

from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms_core.assessment.domain.checks import problems
from lms_core.assessment.domain.forms import questions_of
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.domain.responses import AnswerSchema
from lms_core.assessment.domain.scoring import SlotKey, score_slot
from lms_core.hooks.item_types import ItemType, Showing
from lms_core.hooks.items import ItemContent
from tests.support.banks.strategies import contents

TYPES = {one.name: one for one in CORE_TYPES}
patient = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


def sound(content: ItemContent) -> bool:
    return not problems(content)


questions = contents().filter(sound).flatmap(lambda content: st.sampled_from(questions_of(content)))


class Asked:
    """A question on a form, with ids that tell nothing."""

    def __init__(self, content: ItemContent, seed: int) -> None:
        self.content = content
        self.kind: ItemType = TYPES[content.type]
        names = self.kind.arrange(content, Random(seed))
        self.ids = {name: f"id-{place}" for place, name in enumerate(names)}
        self.showing = Showing("ko", self.ids, lambda said: f"<p>{said}</p>")
        self.key = self.kind.key(content, self.ids)
        self.schema = AnswerSchema.compiled({1: self.kind.expect(content, self.ids)})
        self.solved = {**self.kind.present(content, self.showing), **self.kind.explain(content, self.showing)}

    @property
    def right(self) -> Mapping[str, Any]:
        """The key in the shape of an answer."""
        right: Mapping[str, Any] = self.solved["key"]
        return right

    def __repr__(self) -> str:
        return repr(self.content)

    def score(self, response: Mapping[str, Any] | None, scoring: str = "partial") -> Any:
        return score_slot(self.kind, SlotKey(1, "a", self.kind.name, scoring, self.key), response)  # type: ignore[arg-type]


asked = st.builds(Asked, questions, st.integers(0, 99))
rules = st.sampled_from(["partial", "all-or-nothing"])


@patient
@given(asked, rules)
def test_the_key_is_an_answer_that_earns_everything(one: Asked, rule: str) -> None:
    taken = one.schema.check(1, one.right)
    scored = one.score(taken, rule)

    if one.kind.by_person:
        assert scored.waits
        assert scored.possible == sum(line.points for line in one.content.interaction.rubric)  # type: ignore[union-attr]
    else:
        assert scored.points == scored.possible
        assert all(row.right for row in one.kind.report({**one.solved, "components": _plain(scored)}, taken))


@patient
@given(asked, rules)
def test_no_answer_and_an_empty_one_earn_nothing(one: Asked, rule: str) -> None:
    member, value = next(iter(one.right.items()))
    empty = one.schema.check(1, {member: type(value)()})

    assert one.score(None, rule).points == 0
    assert one.score(empty, rule).points == 0
    assert one.score(None, rule).possible == one.score(empty, rule).possible > 0


@patient
@given(asked, st.integers(0, 99))
def test_the_order_in_which_parts_are_shown_changes_no_score(one: Asked, seed: int) -> None:
    other = Asked(one.content, seed)

    assert one.score(one.right).points == other.score(other.right).points
    assert one.score(one.right).possible == other.score(other.right).possible


@patient
@given(asked, st.data())
def test_taking_a_part_of_the_key_away_never_earns_more(one: Asked, data: st.DataObject) -> None:
    whole = one.score(one.right)
    less = data.draw(_parts_of(one.right))
    taken = one.schema.check(1, less)
    scored = one.score(taken)

    assert 0 <= scored.points <= whole.points or one.kind.by_person
    assert one.score(taken, "all-or-nothing").points <= one.score(one.right, "all-or-nothing").points
    assert 0 <= one.score(taken, "map").points <= 1 or one.kind.by_person
    assert one.kind.report({**one.solved, "components": _plain(scored)}, taken) is not None


@patient
@given(asked)
def test_what_candidates_see_names_no_part_as_its_author_did_and_holds_no_key(one: Asked) -> None:
    shown = one.kind.present(one.content, one.showing)
    expected = one.kind.expect(one.content, one.ids)

    assert not {"key", "correct", "feedback", "accepted", "value", "tolerance", "rubric", "weight"} & _names(shown)
    assert not {"key", "correct", "right", "weights"} & _names(expected)


def _names(value: Any) -> set[str]:
    if isinstance(value, Mapping):
        return set(value) | {name for each in value.values() for name in _names(each)}
    return {name for each in value for name in _names(each)} if isinstance(value, (list, tuple)) else set()


def _plain(scored: Any) -> list[dict[str, Any]]:
    return [{"id": one.id, "points": one.points, "possible": one.possible} for one in scored.components]


def _parts_of(right: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    (member, value), *_ = right.items()
    if isinstance(value, list):
        return st.lists(st.booleans(), min_size=len(value), max_size=len(value)).map(
            lambda kept: {member: [each for each, keep in zip(value, kept, strict=True) if keep]}
        )
    if isinstance(value, Mapping):
        names = st.sets(st.sampled_from(sorted(value))) if value else st.just(set())
        return names.map(lambda kept: {member: {name: value[name] for name in kept}})
    return st.just({member: ""})
