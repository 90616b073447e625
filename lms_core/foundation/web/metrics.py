"""Figures for Prometheus: requests, hooks, outbox."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

registry = CollectorRegistry()
requests = Counter("lms_requests", "Requests answered", ["endpoint", "status"], registry=registry)
latency = Histogram(
    "lms_request_seconds",
    "Time to answer",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=registry,
)


def observe(endpoint: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    requests.labels(endpoint, str(status)).inc()
    latency.labels(endpoint).observe(seconds)


class HouseCollector(Collector):
    """Reads gauges of the house at the moment somebody asks."""

    def __init__(self, gauges: dict[str, float]) -> None:
        """Serve ``gauges`` by name."""
        self._gauges = gauges

    def collect(self) -> list[Metric]:
        """Each gauge as it stands."""
        return [GaugeMetricFamily(f"lms_{name}", name, value=value) for name, value in self._gauges.items()]


def exposition(gauges: dict[str, float], more: Iterable[Collector] = ()) -> bytes:
    """Everything counted, in Prometheus' text format, with ``gauges`` and what ``more`` collect read just now."""
    now = CollectorRegistry()
    for one in (HouseCollector(gauges), *more):
        now.register(one)
    return generate_latest(registry) + generate_latest(now)
