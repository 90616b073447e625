"""What a format loses of a sample of each type: the tables of the page on formats."""

from lms_core.assessment.domain.formats.fidelity import proven
from lms_core.hooks.item_formats import ItemFormat, WriteOptions
from tests.support.banks.samples import SAMPLES


def lost_in(item_format: ItemFormat) -> str:
    """The rows of the page on one format: each type with what it loses."""
    rows = [f"### `{item_format.name}`", "", "| Type | What is lost |", "|---|---|"]
    for sample in SAMPLES:
        found = proven(item_format, sample, WriteOptions())
        lost = ", ".join(str(one.text.values.get("what", one.text)) for one in found.losses) or "nothing"
        rows.append(f"| {sample.type} | {lost if found.is_written else 'cannot be written'} |")
    return "\n".join(rows)
