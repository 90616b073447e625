import io
import struct
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from lms_core.assessment.domain.qti.document import SIZE_LIMIT
from lms_core.assessment.domain.qti.errors import UnreadableDocument
from lms_core.assessment.domain.qti.packages import MEMBER_LIMIT, read_member


def package(members, compression=ZIP_DEFLATED):
    stream = io.BytesIO()
    with ZipFile(stream, "w", compression) as writer:
        for name, data in members.items():
            writer.writestr(name, data)
    stream.seek(0)
    return stream


def refusal(stream, name="item.xml"):
    with pytest.raises(UnreadableDocument) as refused:
        read_member(stream, name)
    return refused.value


def test_a_file_is_read_by_its_name_wherever_it_stands():
    held = {"imsmanifest.xml": b"<manifest/>", "items/a b.xml": b"<a/>"}
    for compression in (ZIP_DEFLATED, ZIP_BZIP2):
        assert read_member(package(held, compression), "items/a b.xml") == b"<a/>"
        assert read_member(package(held, compression), "/items/a b.xml") == b"<a/>"


def test_another_name_is_refused_with_those_there_are():
    refused = refusal(package({"imsmanifest.xml": b"", "a.xml": b"", "a.png": b""}))
    assert refused.rule == "no-such-file"
    assert "a.xml, imsmanifest.xml" in str(refused.reason)


def test_a_name_that_climbs_out_reads_only_what_is_inside():
    assert refusal(package({"a.xml": b""}), "../../etc/passwd").rule == "no-such-file"
    assert read_member(package({"../x.xml": b"<x/>"}), "../x.xml") == b"<x/>"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = package({"item.xml": b"\0" * (SIZE_LIMIT + 1)})
    assert len(bomb.getvalue()) < SIZE_LIMIT / 100
    assert refusal(bomb).rule == "file-too-large"


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_is_unpacked():
    data = bytearray(package({"item.xml": b"\0" * (SIZE_LIMIT + 1)}).getvalue())
    for start, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(start) + place, 100)
    assert refusal(io.BytesIO(data)).rule in {"broken-package", "file-too-large"}


def test_a_package_with_too_many_files_is_refused():
    assert refusal(package({f"{number}": b"" for number in range(MEMBER_LIMIT + 1)})).rule == "too-many-files"


def test_an_encrypted_file_is_refused():
    data = bytearray(package({"item.xml": b"<a/>"}).getvalue())
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 8, 1)
    assert refusal(io.BytesIO(data)).rule == "encrypted"


@pytest.mark.parametrize("cut", [0, 10, -10])
def test_what_is_no_package_is_refused(cut):
    data = package({"item.xml": b"<a/>" * 1000}).getvalue()
    assert refusal(io.BytesIO(data[:cut])).rule == "broken-package"
    assert refusal(io.BytesIO(b"<assessmentItem/>")).rule == "broken-package"


class Unread(io.BytesIO):
    """A stream that says it is huge, and fails the test when it is read."""

    def seek(self, offset: int, whence: int = 0) -> int:
        return 10**12 if whence else 0

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("the package was read")


def test_a_package_that_is_too_large_is_refused_before_it_is_read():
    assert refusal(Unread()).rule == "file-too-large"
