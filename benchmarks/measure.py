"""Measuring: rounds, medians, and how a figure is told."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was measured, how much, in which unit, and over what it is a ratio (None: it stands alone)."""

    name: str
    value: float
    unit: str
    over: str = ""
    ratio: float | None = None
    spread: float = 0.0

    def __str__(self) -> str:
        told = f"{self.name:<52}{_rounded(self.value):>12} {self.unit:<14}"
        return f"{told}{self.ratio:>8.2f} x {self.over}" if self.ratio is not None else told


def _rounded(value: float) -> str:
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3f}"


def each_second(act: Callable[[], object], seconds: float = 1.0) -> float:
    """How often ``act`` runs in a second, over ``seconds`` of it."""
    done, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        act()
        done += 1
    return done / seconds


def microseconds(act: Callable[[], object], times: int = 2_000) -> float:
    """How long ``act`` takes: the quickest of five rounds, which a noisy machine disturbs least."""
    act()
    rounds = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            act()
        rounds.append((time.perf_counter() - began) / times * 1e6)
    return min(rounds)


def median(rounds: list[float]) -> float:
    """The middle of the rounds."""
    return statistics.median(rounds)


def spread(rounds: list[float]) -> float:
    """How far the rounds lie apart, as a share of their median."""
    return (max(rounds) - min(rounds)) / median(rounds) if len(rounds) > 1 else 0.0


def tell(figures: list[Figure], *, as_json: bool) -> None:
    """Print the figures."""
    if as_json:
        print(json.dumps([asdict(one) for one in figures], indent=1))
        return
    for one in figures:
        print(one, flush=True)
