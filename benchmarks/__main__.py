"""`make bench`, or `python -m benchmarks [NAME...] [--json]`: every promise, or those named."""

import sys
from importlib import import_module

from benchmarks.measure import Figure, tell

PROMISES = (
    *("hooks", "boot", "panels", "requests"),
    *("saves", "attempts", "crowd", "pages", "assembly"),
    *("measurement", "formats"),
)


def main() -> None:
    """Measure what was asked for, and tell."""
    wanted = [one for one in sys.argv[1:] if not one.startswith("-")] or list(PROMISES)
    as_json = "--json" in sys.argv
    gathered: list[Figure] = []
    for name in wanted:
        found = import_module(f"benchmarks.{name}").measure()
        gathered += found
        if not as_json:
            tell(found, as_json=False)
    if as_json:
        tell(gathered, as_json=True)


if __name__ == "__main__":
    main()
