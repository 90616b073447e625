"""The cheapest way to send a flow through a small network: what a draw with quotas of several kinds comes down to.

Successive shortest paths. Costs may be negative where the network has no cycle, as a draw's has none.
"""

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Final

Node = Hashable
SOURCE: Final[Node] = ("source",)
SINK: Final[Node] = ("sink",)


@dataclass(slots=True)
class Edge:
    """From ``start`` to ``end``: ``capacity`` is what can still be sent, ``flow`` what is sent."""

    start: Node
    end: Node
    capacity: int
    cost: int
    flow: int = 0

    def room(self, node: Node) -> int:
        """How much more can leave ``node`` by this edge: onwards, or back by taking flow away."""
        return self.capacity - self.flow if node == self.start else self.flow


@dataclass
class Network:
    """Edges between nodes, which are any hashable values."""

    _at: dict[Node, list[Edge]] = field(default_factory=dict)

    def edge(self, start: Node, end: Node, capacity: int, cost: int = 0) -> Edge:
        """A new edge."""
        made = Edge(start, end, capacity, cost)
        self._at.setdefault(start, []).append(made)
        self._at.setdefault(end, []).append(made)
        return made

    def send(self) -> None:
        """Send as much as can be sent from source to sink, at the least cost."""
        while path := self._cheapest():
            amount = min(edge.room(node) for node, edge in path)
            for node, edge in path:
                edge.flow += amount if node == edge.start else -amount

    def _cheapest(self) -> list[tuple[Node, Edge]]:
        """The cheapest path with room as (node it leaves, edge), from the sink backwards; empty: there is none."""
        costs: dict[Node, int] = {SOURCE: 0}
        by: dict[Node, tuple[Node, Edge]] = {}
        waiting, queued = deque([SOURCE]), {SOURCE}
        while waiting:
            node = waiting.popleft()
            queued.discard(node)
            for end, edge, cost in self._leaving(node):
                if end not in costs or costs[node] + cost < costs[end]:
                    costs[end], by[end] = costs[node] + cost, (node, edge)
                    if end not in queued:
                        waiting.append(end)
                        queued.add(end)
        return _traced(by) if SINK in by else []

    def _leaving(self, node: Node) -> Iterator[tuple[Node, Edge, int]]:
        for edge in self._at.get(node, ()):
            if edge.room(node):
                yield (edge.end, edge, edge.cost) if node == edge.start else (edge.start, edge, -edge.cost)


def _traced(by: dict[Node, tuple[Node, Edge]]) -> list[tuple[Node, Edge]]:
    path, node = [], SINK
    while node != SOURCE:
        path.append(by[node])
        node = by[node][0]
    return path
