from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.duplicates import ALIKE, near_duplicates, similarity

words = st.text("abc 가나", max_size=30)


@given(st.lists(words, max_size=12))
def test_the_index_finds_exactly_what_comparing_all_pairs_finds(texts: list[str]) -> None:
    named = [(str(number), text) for number, text in enumerate(texts)]
    found = {(pair.first, pair.second) for pair in near_duplicates(named)}
    expected = {
        (str(one), str(other))
        for other in range(len(texts))
        for one in range(other)
        if similarity(texts[one], texts[other]) >= ALIKE
    }
    assert found == expected


def test_one_changed_word_in_a_long_question_is_nearly_the_same() -> None:
    stem = "다음 설명에 맞는 클라우드 {} 모델은 무엇인가요? 팀은 코드만 올리고 실행 환경은 공급자가 맡습니다."
    assert similarity(stem.format("서비스"), stem.format("배포")) > ALIKE
