"""Files that are sent as downloads, and closed whatever becomes of the answer."""

import weakref
from typing import BinaryIO

from flask import Response, send_file


def download(stream: BinaryIO, name: str) -> Response:
    """``stream`` from where it stands, to be kept as ``name``. It is closed with the answer, or once nobody has it."""
    answer = send_file(stream, "application/octet-stream", as_attachment=True, download_name=name)
    # A client that hangs up before the first byte leaves an answer that no server closes.
    weakref.finalize(answer.response, stream.close)
    return answer
