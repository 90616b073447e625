"""What is believed of one person: a weight for each ability on the grid, sharpened by every answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp

import numpy as np

from lms_core.assessment.domain.measurement.matrix import Floats
from lms_core.assessment.domain.measurement.population import LOG_WEIGHTS, NODES


@dataclass(frozen=True, slots=True)
class Item:
    """A calibrated item: its parameters in logits, and the domain of the exam it belongs to."""

    name: str
    discrimination: float
    difficulty: float
    domain: str = ""

    def probability(self, ability: float) -> float:
        """The chance of a right answer at ``ability``."""
        return 1 / (1 + exp(-self.discrimination * (ability - self.difficulty)))

    def information(self, ability: float) -> float:
        """What an answer tells about ``ability``."""
        right = self.probability(ability)
        return self.discrimination**2 * right * (1 - right)

    def log_chances(self) -> Floats:
        """The log-probability of a right answer at each node."""
        return -np.logaddexp(0.0, -self.discrimination * (NODES - self.difficulty))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a calibrated item, right or wrong."""

    item: Item
    right: bool


@dataclass(frozen=True, slots=True)
class Posterior:
    """Log-weights of the nodes, not normalised."""

    logs: Floats

    @classmethod
    def of(cls, answers: Iterable[Answer], prior: Floats = LOG_WEIGHTS) -> "Posterior":
        """After all ``answers``."""
        found = cls(prior)
        for answer in answers:
            found = found.after(answer)
        return found

    def after(self, answer: Answer) -> "Posterior":
        """After one more answer."""
        right = answer.item.log_chances()
        wrong = right - answer.item.discrimination * (NODES - answer.item.difficulty)
        return Posterior(self.logs + (right if answer.right else wrong))

    @property
    def weights(self) -> Floats:
        """The weights, with sum 1."""
        weights = np.exp(self.logs - self.logs.max())
        return np.asarray(weights / weights.sum())

    @property
    def mean(self) -> float:
        """The expected ability (EAP)."""
        return float(self.weights @ NODES)

    @property
    def error(self) -> float:
        """Its standard error."""
        return float(np.sqrt(self.weights @ NODES**2 - self.mean**2))
