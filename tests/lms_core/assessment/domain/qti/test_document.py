import io
import re

import pytest

from lms_core.assessment.domain.qti.checks import RULES
from lms_core.assessment.domain.qti.document import (
    DEPTH_LIMIT,
    ELEMENT_LIMIT,
    SIZE_LIMIT,
    read_document,
    read_stream,
)
from lms_core.assessment.domain.qti.errors import UnreadableDocument
from lms_core.assessment.domain.qti.expressions import EXPRESSIONS, TEST_LEVEL

QTI_2 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
QTI_3 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def refusal(data: bytes) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(data)
    return refused.value


def test_both_spellings_of_the_vocabulary_read_the_same():
    old = read_document(
        f'<assessmentItem xmlns="{QTI_2}"><responseDeclaration baseType="pair"/>'
        '<responseProcessing><durationLT/><anyN min="1"/></responseProcessing></assessmentItem>'.encode()
    )
    new = read_document(
        f'<qti-assessment-item xmlns="{QTI_3}"><qti-response-declaration base-type="pair"/>'
        '<qti-response-processing><qti-duration-lt/><qti-any-n min="1"/></qti-response-processing>'
        "</qti-assessment-item>".encode()
    )
    assert (old.version, new.version) == ("2.1", "3.0")
    assert [each.name for each in old.root.walk()] == [each.name for each in new.root.walk()]
    assert [each.attributes for each in old.root.walk()] == [each.attributes for each in new.root.walk()]
    assert {each.kind for each in new.root.walk()} == {"qti"}


@pytest.mark.parametrize("name", sorted([*EXPRESSIONS, *TEST_LEVEL, *RULES["response"], *RULES["template"]]))
def test_every_name_of_the_vocabulary_comes_back_from_its_other_spelling(name):
    kebab = re.sub(r"(?<=[a-z0-9])([A-Z]+)", lambda capital: "-" + capital[1].lower(), name)
    assert read_document(f'<qti-{kebab} xmlns="{QTI_3}"/>'.encode()).root.name == name


def test_a_prefix_or_no_namespace_at_all_changes_nothing():
    prefixed = read_document(f'<q:assessmentItem xmlns:q="{QTI_2}"><q:itemBody/></q:assessmentItem>'.encode())
    bare = read_document(b"<qti-assessment-item><qti-item-body/></qti-assessment-item>")
    assert [each.name for each in prefixed.root.walk()] == [each.name for each in bare.root.walk()]
    assert (prefixed.version, bare.version) == ("2.1", "3.0")


def test_html_and_foreign_elements_are_told_apart_and_keep_their_attributes():
    root = read_document(
        f'<qti-item-body xmlns="{QTI_3}" xml:lang="ko"><p data-my-note="1" aria-label="x">One <b>two</b> three</p>'
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi my-thing="1">x</mi></math></qti-item-body>'.encode()
    ).root
    paragraph, formula = root.children
    assert root.attributes == {"xml:lang": "ko"}
    assert (paragraph.kind, paragraph.attributes) == ("html", {"data-my-note": "1", "aria-label": "x"})
    assert paragraph.all_text == "One two three"
    assert paragraph.text == "One  three"
    assert (formula.kind, formula.namespace) == ("foreign", "http://www.w3.org/1998/Math/MathML")
    assert formula.children[0].attributes == {"my-thing": "1"}


def test_a_name_without_its_prefix_is_no_element_of_version_three():
    (written,) = read_document(f'<qti-item-body xmlns="{QTI_3}"><match/></qti-item-body>'.encode()).root.children
    assert written.kind == "html"


def test_elements_know_their_lines():
    root = read_document(f'<assessmentItem xmlns="{QTI_2}">\n\n<itemBody/>\n</assessmentItem>'.encode()).root
    assert [each.line for each in root.walk()] == [1, 3]


def test_another_kind_of_document_is_read_and_says_that_it_is_none_of_ours():
    document = read_document(b'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources/></manifest>')
    assert document.version == ""
    assert [each.kind for each in document.root.walk()] == ["foreign", "foreign"]


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.org/a">%x;]>',
    ],
)
def test_document_types_are_refused_before_they_define_anything(prologue):
    refused = refusal(f'<?xml version="1.0"?>\n{prologue}<a>&b;</a>'.encode())
    assert (refused.rule, refused.line) == ("xml-entities", 2)


def test_an_entity_that_nobody_defined_is_refused():
    assert refusal(b"<a>\n&nbsp;</a>").rule == "xml-entities"


def test_deep_and_endless_files_are_refused():
    deep = DEPTH_LIMIT + 1
    assert refusal(b"<a>" * deep + b"</a>" * deep).rule == "too-deep"
    assert refusal(b"<a>" + b"<b/>" * ELEMENT_LIMIT + b"</a>").rule == "too-many-elements"
    assert read_document(b"<a>" * DEPTH_LIMIT + b"</a>" * DEPTH_LIMIT).root.name == "a"


class Unread(io.BytesIO):
    """A stream that says it is huge, and fails the test when it is read."""

    def seek(self, offset: int, whence: int = 0) -> int:
        return SIZE_LIMIT + 1 if whence else 0

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("the file was read")


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(UnreadableDocument) as refused:
        read_stream(Unread())
    assert refused.value.rule == "file-too-large"
    assert read_stream(io.BytesIO(b"<a/>")).root.name == "a"


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"", "truncated", 1),
        (b"<a>\n<b", "truncated", 2),
        (b"<a>\n<b></a>", "broken-file", 2),
        (b"<a></a>\n<b/>", "broken-file", 2),
        ("<a>가</a>".encode("cp949"), "wrong-encoding", 1),
        ('<?xml version="1.0" encoding="cp949"?><a>가</a>'.encode("cp949"), "wrong-encoding", 1),
        ('<?xml version="1.0" encoding="utf-8"?><a>가</a>'.encode("utf-16"), "wrong-encoding", 1),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "wrong-encoding", 1),
    ],
)
def test_broken_files_are_refused_with_rule_and_line(data, rule, line):
    refused = refusal(data)
    assert (refused.rule, refused.line) == (rule, line)
    assert dict(refused.facts) == {"rule": rule, "element": "", "line": str(line)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_every_encoding_that_xml_promises_is_read(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><a>é</a>'
    assert read_document(declared.encode(encoding)).root.text == "é"
