from hypothesis import given
from hypothesis import strategies as st

from lms_core.catalog.domain import ActivityContent, Content, ModuleContent
from lms_core.foundation.text import Titles

texts = st.builds(Titles, st.text(max_size=20), st.text(max_size=20))
activities = st.builds(
    ActivityContent,
    st.uuids(),
    st.sampled_from(["catalog.page", "catalog.link"]),
    texts,
    texts,
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    st.integers(0, 600),
)
modules = st.builds(ModuleContent, st.uuids(), texts, st.just(""), st.lists(activities, max_size=3).map(tuple))
contents = st.builds(
    Content, texts, texts, st.just(("ko", "en")), st.just("x"), st.just("1"), st.lists(modules, max_size=3).map(tuple)
)


@given(contents)
def test_what_is_written_reads_back_the_same(content):
    bodies = {each.id: each.body for each in content.activities()}
    assert Content.from_outline(content.outline(), bodies) == content


@given(contents, contents)
def test_two_contents_share_a_fingerprint_only_if_they_say_the_same(one, other):
    assert (one.digest == other.digest) == (one == other)


@given(contents)
def test_an_outline_holds_no_body(content):
    outline = Content.from_outline(content.outline(), {})
    assert all(each.body == Titles("", "") for each in outline.activities())
    assert outline.minutes == content.minutes
