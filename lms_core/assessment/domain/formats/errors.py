"""Why a whole file is refused. Each names file and line, and nothing of the file is kept."""

from lms_core.foundation.errors import Invalid, TooLarge
from lms_core.foundation.text import Text, text


class FileRefused(Invalid):
    """The file cannot be read as what it claims to be. `line` is where reading stopped, 0 if nowhere."""

    code = "broken-file"

    def __init__(self, reason: Text, file: str = "", line: int = 0) -> None:
        """Keep the place, and hand it to clients among the facts."""
        super().__init__(reason, facts={"file": file, "line": str(line)})
        self.file = file
        self.line = line


class BrokenFile(FileRefused):
    """The file breaks the grammar of its format."""


class TruncatedFile(FileRefused):
    """The file ends in the middle of an item."""

    code = "truncated"


class WrongEncoding(FileRefused):
    """The file is not UTF-8."""

    code = "wrong-encoding"


class EntitiesRefused(FileRefused):
    """The XML declares a document type or entities, which could reach into this machine or explode."""

    code = "xml-entities"


class UnknownFormat(FileRefused):
    """No format has this suffix or name."""

    code = "unknown-format"


class MissingLicence(FileRefused):
    """Nobody said under which licence the items may be shown."""

    code = "missing-licence"


class UnknownLicence(FileRefused):
    """The licence is not among those that are taken."""

    code = "unknown-licence"


class MissingAttribution(FileRefused):
    """The licence asks to name an author, and none is named."""

    code = "missing-attribution"


class FormatFailed(FileRefused):
    """The reader or the writer of the format failed: no fault of the file that anybody could name."""

    code = "format-failed"


class FileTooLarge(TooLarge):
    """The file is larger than is read; nothing of it was read."""

    code = "file-too-large"


def too_large(file: str, size: int, limit: int) -> FileTooLarge:
    """The refusal of a file by its size alone."""
    return FileTooLarge(
        text(
            "%(file)s has %(size)s MB; at most %(limit)s MB are read. Split it into smaller files.",
            file=file,
            size=round(size / 1_000_000),
            limit=round(limit / 1_000_000),
        ),
        facts={"file": file, "size": str(size), "limit": str(limit)},
    )
