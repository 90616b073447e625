"""What hooks cost and how they fare, for Prometheus: read from the engine at the moment somebody asks."""

from collections.abc import Iterator
from time import perf_counter_ns

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from lms_core.foundation.calling.answers import Answer
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.calling.spread import NANOSECOND, cumulative

LABELS = ("plugin", "hook")


class HookFigures(Collector):
    """Calls, failures, durations and breakers by plugin and hook; those never called are left out."""

    def __init__(self, engine: Engine) -> None:
        """Read from ``engine``."""
        self._engine = engine

    def collect(self) -> Iterator[Metric]:
        """Each figure as it stands."""
        failures = CounterMetricFamily("lms_hook_failures", "Hook calls that failed or ran over", labels=LABELS)
        breakers = GaugeMetricFamily("lms_hook_breaker_open", "1 while the plugin is not asked", labels=LABELS)
        seconds = HistogramMetricFamily("lms_hook_seconds", "Time to answer a hook", labels=LABELS)
        now = perf_counter_ns()
        for one in self._answers():
            labels = (one.plugin, one.hook)
            failures.add_metric(labels, one.failures)
            breakers.add_metric(labels, float(one.breaker.state(now) == "open"))
            bounds = [(str(bound), float(count)) for bound, count in cumulative(one.spread)]
            seconds.add_metric(labels, [*bounds, ("+Inf", float(one.calls))], one.spent * NANOSECOND)
        yield from (failures, breakers, seconds)

    def _answers(self) -> Iterator[Answer]:
        for hook in self._engine.hooks.values():
            merged = {one.plugin: one for one in (*hook.wrappers, *hook.answers) if one.spent}
            yield from merged.values()
