"""Categories as formats write them, kept as tags."""


def tags_of(category: str) -> tuple[str, ...]:
    """The last step of a category path as a tag: `$course$/top/azure/storage` gives `storage`."""
    last = category.rstrip("/").rpartition("/")[2].strip()
    return (last,) if last else ()
