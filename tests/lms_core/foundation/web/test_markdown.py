import re

from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.web.markdown import to_html


def headings(html):
    return [int(level) for level in re.findall(r"<h(\d)>", html)]


def test_headings_begin_below_the_pages_own_whatever_levels_were_chosen():
    assert headings(to_html("### a\n\n#### b\n\n### c")) == [2, 3, 2]
    assert headings(to_html("# a\n\n#### b")) == [2, 3]
    assert headings(to_html("## a", shift=2)) == [3]


@given(st.lists(st.integers(1, 6), min_size=1))
def test_headings_leave_no_level_out(levels):
    found = headings(to_html("\n\n".join(f"{'#' * level} title" for level in levels)))
    assert len(found) == len(levels)
    assert set(found) == set(range(2, max(found) + 1))


def test_markup_that_could_run_is_taken_out():
    html = to_html("<script>alert(1)</script>\n\n<p onclick='x()'>a</p>\n\n[b](javascript:x)\n\n![c](data:text/html,x)")
    assert "<script" not in html
    assert "onclick" not in html
    assert "href=" not in html
    assert "src=" not in html


def test_code_is_coloured_and_can_be_scrolled_by_keyboard():
    html = to_html("```python\nprint(1)\n```\n\n```unheard-of\n<b>\n```")
    assert '<pre tabindex="0">' in html
    assert '<span class="nb">print</span>' in html
    assert "&lt;b&gt;" in html
