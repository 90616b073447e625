import pytest

from lms_core.foundation.host.checking.speaking import CATALOGUE, check_languages, has_catalogue

ENGLISH = 'from lms_core.foundation.text import text\n\nTIP = text("Sleep on it.")\n'


def package(tmp_path, source=ENGLISH, korean='msgid "Sleep on it."\nmsgstr "자고 나면 정리돼요."\n'):
    (tmp_path / "domain.py").write_text(source)
    path = tmp_path / CATALOGUE
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{korean}')
    return tmp_path


def test_what_has_its_korean_passes(tmp_path):
    assert list(check_languages("labs", package(tmp_path))) == []


def test_what_lacks_it_is_told_with_file_and_line(tmp_path):
    (told,) = check_languages("labs", package(tmp_path, korean=""))
    assert (told.file, told.line, told.rule) == (str(tmp_path / "domain.py"), 3, "korean")
    assert "add it to translations/ko/LC_MESSAGES/messages.po" in str(told)


def test_a_doubtful_translation_is_none(tmp_path):
    (told,) = check_languages("labs", package(tmp_path, korean='#, fuzzy\nmsgid "Sleep on it."\nmsgstr "잠"\n'))
    assert told.rule == "korean"


def test_korean_where_english_belongs_is_told(tmp_path):
    (told,) = check_languages("labs", package(tmp_path, source=ENGLISH.replace("Sleep on it.", "자고 나면")))
    assert told.rule == "english"


def test_templates_are_read_too(tmp_path):
    home = package(tmp_path)
    (home / "page.html").write_text('<p>\n{{ _("Unsaid") }}</p>')
    (told,) = check_languages("labs", home)
    assert (told.line, told.rule) == (2, "korean")


@pytest.mark.parametrize(
    ("english", "korean"),
    [("95 of 100", "95%가 끝난"), ("%(n)s tips", "조언 %(count)s개"), ("%(n)s tips", "%(n)개"), ("Half %", "절반")],
)
def test_korean_that_cannot_be_filled_in_is_told(tmp_path, english, korean):
    home = package(tmp_path, source="", korean=f'msgid "{english}"\nmsgstr "{korean}"\n')
    (home / "page.html").write_text(f'{{{{ _("{english}") }}}}')
    assert [told.rule for told in check_languages("labs", home)] == ["placeholder"]


def test_a_percent_in_code_stands_for_itself_and_is_doubled_in_a_template(tmp_path):
    home = package(tmp_path, korean='msgid "Sleep on it."\nmsgstr "100% 자요."\n\nmsgid "Ended"\nmsgstr "95%% 끝"\n')
    (home / "page.html").write_text('{{ _("Ended") }}')
    assert list(check_languages("labs", home)) == []


def test_a_package_that_says_nothing_lacks_nothing(tmp_path):
    (tmp_path / "domain.py").write_text("X = 1\n")
    assert has_catalogue(tmp_path)
    (tmp_path / "domain.py").write_text(ENGLISH)
    assert not has_catalogue(tmp_path)
