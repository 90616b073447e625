"""Formats: items a second and peak memory of an import and an export, for every format at growing sizes.

`python -m benchmarks.formats [--json] [SIZE ...] [FORMAT ...]`; without sizes 1,000 and 10,000 items, without formats
every one that a site has. Each file is brought in and taken out by a process of its own, over a database of its own, so
that its peak is nobody else's. An export proves every item: it is written alone, read back, and compared.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from benchmarks.measure import Figure
from cert_prep.domain.question_sheets import QUESTION_SHEET
from lms_core.assessment.domain.formats import CORE_FORMATS
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.service.exports import ExportBank, ExportReports, ExportService
from lms_core.assessment.service.imports import ImportService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.database import Database, metadata
from lms_core.foundation.uow import Work
from lms_core.hooks import hookimpl
from lms_core.hooks.item_formats import ItemFormat, WriteOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Provenance
from lms_core.hooks.words import Words
from lms_core.kit.clock import FixedClock
from lms_core.people.tables import persons
from tests.support.formats import formats_of

SIZES = (1_000, 10_000)
FORMATS = (*CORE_FORMATS, QUESTION_SHEET)
OURS = Provenance("CC0-1.0", "LMS Core contributors")
assert persons is not None, "its table is one that the items' own point to"


@dataclass(frozen=True, slots=True)
class Measured:
    """One file there and back: items a second, and by how many MiB the process grew at most."""

    format: str
    items: int
    file_mib: float
    imported_per_second: float
    import_peak_mib: float
    exported_per_second: float
    export_peak_mib: float


def measure() -> list[Figure]:
    """Every format at every size."""
    return [figure for one in measured(SIZES, FORMATS) for figure in _figures(one)]


def measured(sizes: tuple[int, ...], formats: tuple[ItemFormat, ...]) -> Iterator[Measured]:
    """Each format at each size, in processes of their own."""
    for item_format in formats:
        for size in sizes:
            with get_context("spawn").Pool(1) as pool:
                yield pool.apply(there, (item_format.name, size))


def there(name: str, size: int) -> Measured:
    """A file of ``size`` items in that format: written, brought in, taken out."""
    item_format = next(one for one in FORMATS if one.name == name)
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as folder:
        file = Path(folder) / f"bank{item_format.suffixes[0]}"
        _write(item_format, file, size)
        database = Database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        metadata.create_all(database.engine)
        clock = FixedClock()
        work, formats = Work(database, clock), formats_of(cert_prep=_Sheets())
        before, began = _memory(), perf_counter()
        with file.open("rb") as stream:
            report = ImportService(work, clock, formats).commit(
                SYSTEM, ImportFile("bench", file.name, OURS, "ko", name), stream
            )
        imported, peak = perf_counter() - began, _memory()
        if report.counts["created"] != size or report.bank_id is None:
            raise RuntimeError(f"{name}: {dict(report.counts)} of {size}")
        command = ExportBank(report.bank_id, name, everything=True)
        began = perf_counter()
        with file.open("wb") as stream:
            ExportService(work, formats, ExportReports()).export(SYSTEM, command, stream)
        exported, again = perf_counter() - began, _memory()
        database.dispose()
        mib = file.stat().st_size / 2**20
    return Measured(
        name,
        size,
        round(mib, 1),
        round(size / imported),
        round(peak - before, 1),
        round(size / exported),
        round(again - before, 1),
    )


class _Sheets:
    """The plugin whose format is measured beside the core's."""

    @hookimpl
    def lms_register_item_formats(self) -> Sequence[ItemFormat]:
        """Question sheets."""
        return [QUESTION_SHEET]


def _write(item_format: ItemFormat, file: Path, size: int) -> None:
    if item_format.write is None:
        raise RuntimeError(f"{item_format.name} is only read")
    with file.open("wb") as stream:
        writer = item_format.write(stream, WriteOptions("ko"))
        for number in range(size):
            writer.add(_item(number))
        writer.close()


def _item(number: int) -> ItemContent:
    """A question of four choices, each with a reason, that no other asks. So short, 100,000 stay under 64 MB."""
    choices = tuple(
        Choice(name, Words(ko=f"{number}번 보기 {name}"), name == "b", Words(ko=f"{name}인 까닭")) for name in "abcd"
    )
    stem = Words(ko=f"{number}번째 질문: {number * 7919} 설정에 맞는 것은?")
    return ItemContent(f"q{number}", "choice", stem, ChoiceInteraction(choices), provenance=OURS)


def _memory() -> float:
    """The most that this process ever held, in MiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def _figures(one: Measured) -> Iterator[Figure]:
    at = f"{one.format}, {one.items:,} items"
    yield Figure(f"{at}: brought in", one.imported_per_second, "items/s")
    yield Figure(f"{at}: peak of the import", one.import_peak_mib, "MiB")
    yield Figure(f"{at}: taken out", one.exported_per_second, "items/s")
    yield Figure(f"{at}: peak of both", one.export_peak_mib, "MiB")


def main() -> None:
    """Measure what was asked for, a line as soon as it is known."""
    asked = [one for one in sys.argv[1:] if not one.startswith("-")]
    sizes = tuple(int(one) for one in asked if one.isdecimal()) or SIZES
    named = tuple(one for one in FORMATS if one.name in asked) or FORMATS
    for found in measured(sizes, named):
        if "--json" in sys.argv:
            print(json.dumps(asdict(found)), flush=True)
        else:
            print(*_figures(found), sep="\n", flush=True)


if __name__ == "__main__":
    main()
