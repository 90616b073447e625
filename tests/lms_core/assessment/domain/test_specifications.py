from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.specifications import ExamSection, ExamSpecification, Quota, counts_by_weight
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Titles

MORNING = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
percents = st.floats(0.5, 100, allow_nan=False).map(lambda value: round(value, 1))
ranges = st.lists(st.tuples(percents, percents).map(lambda two: (min(two), max(two))), min_size=1, max_size=12)


def specification(**given: object) -> ExamSpecification:
    quotas = (Quota("a", 3, Titles("가", "A"), 40, 45), Quota("b", 2, Titles("나", "B")))
    values: dict[str, object] = {"bank_ids": (UUID(int=1),), "quotas": quotas, "seconds": 2700}
    return ExamSpecification(**(values | given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("published", "total", "counts"),
    [
        ([(40, 45), (55, 60)], 40, (17, 23)),
        ([(40, 45), (55, 60)], 50, (21, 29)),
        ([(30, 30), (35, 35), (20, 20), (15, 15)], 40, (12, 14, 8, 6)),
        ([(30, 30), (35, 35), (20, 20), (15, 15)], 50, (15, 18, 10, 7)),
        ([(15, 20), (15, 20), (15, 20), (15, 20), (20, 25)], 50, (10, 10, 9, 9, 12)),
        ([(25, 25), (17.5, 17.5), (17.5, 17.5), (15, 15), (12.5, 12.5), (12.5, 12.5)], 50, (13, 9, 9, 7, 6, 6)),
    ],
)
def test_published_weights_become_the_counts_that_are_known(
    published: list[tuple[float, float]], total: int, counts: tuple[int, ...]
) -> None:
    assert counts_by_weight(published, total) == counts


@given(ranges, st.integers(0, 300))
def test_counts_sum_to_the_total_and_lie_within_one_of_the_exact_share(
    published: list[tuple[float, float]], total: int
) -> None:
    counts = counts_by_weight(published, total)
    middles = [(Fraction(str(least)) + Fraction(str(most))) / 2 for least, most in published]

    assert sum(counts) == total
    assert all(abs(count - middle * total / sum(middles)) < 1 for count, middle in zip(counts, middles, strict=True))


@pytest.mark.parametrize("published", [[], [(0, 0)], [(-5, 1), (5, 5)]])
def test_weights_that_are_none_are_refused(published: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="weights"):
        counts_by_weight(published, 10)


def test_a_sound_specification_survives_being_stored() -> None:
    section = ExamSection(Titles("가", "A"), returns=False, domains=("a",), types=("case-study",))
    shape = {"sections": (section,), "agreement": Titles("나", "B"), "breaks": True}
    sound = specification(opens_at=MORNING, closes_at=EVENING, attempts_allowed=2, pass_percent=70.0, **shape)
    sound.require_sound()

    assert ExamSpecification.from_json(sound.to_json()) == sound
    assert sound.total == 5
    assert sound.counts == {"a": 3, "b": 2}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("seconds", {"seconds": 59}),
        ("closes_at", {"opens_at": EVENING, "closes_at": MORNING}),
        ("attempts_allowed", {"attempts_allowed": 0}),
        ("languages", {"languages": ()}),
        ("languages", {"languages": ("ja",)}),
        ("pass_percent", {"pass_percent": 101.0}),
        ("quotas", {"quotas": ()}),
        ("quotas", {"quotas": (Quota("a", 1, Titles("", "")), Quota("a", 1, Titles("", "")))}),
        ("quotas", {"quotas": (Quota("a", -1, Titles("", "")), Quota("b", 3, Titles("", "")))}),
        ("forms", {"forms": 0}),
        ("sections", {"sections": (ExamSection(Titles("", "A")),)}),
        ("sections", {"sections": (ExamSection(Titles("가", "A"), domains=("z",)),)}),
        ("sections", {"sections": (ExamSection(Titles("가", "A")),) * 13}),
    ],
)
def test_a_contradiction_is_named_by_its_field(field: str, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        specification(**wrong).require_sound()

    assert {name.split(".")[0] for name in refused.value.fields} == {field}


def test_all_contradictions_are_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        specification(seconds=1, forms=99, languages=()).require_sound()

    assert set(refused.value.fields) == {"seconds", "forms", "languages"}
