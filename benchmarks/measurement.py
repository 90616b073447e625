"""Calibration against girth, adaptive practice against catsim, and whether readiness comes true: on the same people."""

import time
from random import Random

import numpy as np
from catsim.estimation import NumericalSearchEstimator
from catsim.initialization import FixedPointInitializer
from catsim.selection import RandomesqueSelector
from catsim.simulation import Simulator
from catsim.stopping import TestLengthStopper
from girth import twopl_mml

from benchmarks.measure import Figure
from lms_core.assessment.domain.measurement.adaptive import BEST, Exposure, Practice, is_over, next_item
from lms_core.assessment.domain.measurement.calibration import calibrate
from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.matrix import Floats, Responses
from lms_core.assessment.domain.measurement.posterior import Answer, Item, Posterior
from lms_core.assessment.domain.measurement.readiness import readiness

PERSONS, ITEMS = 10_000, 60
EXAMINEES, BANK, LENGTH = 400, 300, 25
COHORT, SEEN, FORM, CUT = 1_500, 40, 40, 0.6
BINS = 10


def measure() -> list[Figure]:
    """All three."""
    return [*calibration(), *adaptive(), *foretold()]


def calibration() -> list[Figure]:
    """How long the two-parameter model takes, standard errors included, and how far the estimates are from girth's."""
    responses = _answered(_curves(ITEMS, 1), np.random.default_rng(2).normal(size=PERSONS))
    began = time.perf_counter()
    ours = calibrate(responses, "2pl")
    between = time.perf_counter()
    theirs = twopl_mml(responses.marks.T.astype(int))
    ended = time.perf_counter()
    apart = np.abs(ours.curves.slopes - theirs["Discrimination"]).max()
    return [
        Figure("calibrate 10,000 x 60 (2PL)", between - began, "s", "girth", (between - began) / (ended - between)),
        Figure("largest difference of a discrimination", float(apart), "logits"),
    ]


def adaptive() -> list[Figure]:
    """Bias and root-mean-square error after as many items, ours over catsim's with the same selection at random."""
    curves, truth = _curves(BANK, 3), np.random.default_rng(4).normal(size=EXAMINEES)
    ours = np.array([_practised(curves, able, Random(at)) for at, able in enumerate(truth)]) - truth
    theirs = _catsim(curves, truth) - truth
    errors = float(np.sqrt(np.mean(ours**2))), float(np.sqrt(np.mean(theirs**2)))
    return [
        Figure("adaptive practice of 25 items: error", errors[0], "logits", "catsim", errors[0] / errors[1]),
        Figure("its bias", float(ours.mean()), "logits"),
        Figure("bias of catsim", float(theirs.mean()), "logits"),
    ]


def foretold() -> list[Figure]:
    """The expected calibration error of readiness: the gap between what is said and what comes true, over ten bins.

    Items are known as well as 1,000 answers tell; nobody's ability is.
    """
    truth = _curves(SEEN + FORM, 5)
    pilot = _answered(truth, np.random.default_rng(6).normal(size=1_000))
    known = calibrate(pilot, "2pl").curves
    people = _answered(truth, np.random.default_rng(8).normal(size=COHORT), seed=9)
    items = [Item(f"i{at}", *pair) for at, pair in enumerate(zip(known.slopes, known.difficulties, strict=True))]
    said = np.array([_chance(row, items) for row in people.marks])
    came = people.marks[:, SEEN:].mean(axis=1) >= CUT
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    gaps = [abs(said[bins == at].mean() - came[bins == at].mean()) * (bins == at).mean() for at in set(bins)]
    return [Figure("readiness: expected calibration error", float(sum(gaps)), "of 1 (aim 0.05)")]


def _chance(marks: Floats, items: list[Item]) -> float:
    answers = [Answer(item, bool(mark)) for item, mark in zip(items[:SEEN], marks[:SEEN], strict=True)]
    found = readiness(answers, items[SEEN:], CUT).whole
    return found.probability if found else float("nan")


def _practised(curves: Curves, able: float, chance: Random) -> float:
    pairs = zip(curves.slopes, curves.difficulties, strict=True)
    pool = [Item(f"i{at}", *pair) for at, pair in enumerate(pairs)]
    practice, answers = Practice({}, longest=LENGTH, error=0.0), list[Answer]()
    while not is_over(answers, practice):
        item = next_item(pool, answers, practice, Exposure(0, {}), chance)
        if item is None:
            break
        answers.append(Answer(item, chance.random() < item.probability(able)))
    return Posterior.of(answers).mean


def _catsim(curves: Curves, truth: Floats) -> Floats:
    rest = np.tile([0.0, 1.0], (BANK, 1))
    bank = np.column_stack([curves.slopes, curves.difficulties, rest])
    simulator = Simulator(bank, truth, seed=7)
    simulator.simulate(
        FixedPointInitializer(0.0),
        RandomesqueSelector(BEST),
        NumericalSearchEstimator(),
        TestLengthStopper(max_items=LENGTH),
    )
    return np.asarray(simulator.latest_estimations, dtype=np.float64)


def _curves(items: int, seed: int) -> Curves:
    chance = np.random.default_rng(seed)
    return Curves.of(chance.lognormal(0.0, 0.3, items), chance.normal(0.0, 1.0, items))


def _answered(curves: Curves, abilities: Floats, seed: int = 7) -> Responses:
    chance = np.random.default_rng(seed)
    right = chance.random((len(abilities), len(curves.slopes))) < curves.probabilities(abilities).T
    return Responses(tuple(f"i{at}" for at in range(len(curves.slopes))), right.astype(np.int8))
