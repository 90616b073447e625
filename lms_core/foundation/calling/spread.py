"""How long calls took, in a fixed handful of buckets that double: cheap to count, good enough to compare."""

from collections.abc import Iterator, Sequence

# Bucket k holds what took from 2^(k-1) up to 2^k nanoseconds: the number of bits says which, and none is missing.
BUCKETS = 64
# Told of: from 8 microseconds to 17 seconds.
FIRST, LAST = 13, 34
NANOSECOND = 1e-9


def empty() -> list[int]:
    """Buckets with nothing in them."""
    return [0] * BUCKETS


def quantile(counts: Sequence[int], share: float) -> float:
    """The seconds within which ``share`` (0 to 1) of the calls ended, to within a factor of two; 0 without calls."""
    wanted, passed = share * sum(counts), 0
    for bucket, count in enumerate(counts):
        if count and passed + count >= wanted:
            low, high = (1 << bucket) >> 1, 1 << bucket
            return (low + (high - low) * (wanted - passed) / count) * NANOSECOND
        passed += count
    return 0.0


def cumulative(counts: Sequence[int]) -> Iterator[tuple[float, int]]:
    """Upper bounds in seconds, and how many calls ended within each."""
    passed = sum(counts[:FIRST])
    for bucket in range(FIRST, LAST + 1):
        passed += counts[bucket]
        yield (1 << bucket) * NANOSECOND, passed
