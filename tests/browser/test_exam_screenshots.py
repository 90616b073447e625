"""The pictures of the README and the guides: LMS_SCREENSHOTS=docs/pictures says where they are kept."""

import pytest

from tests.support.browser import Camera, Served, Visits
from tests.support.exam_room import begin, trainee
from tests.support.mock_exams import publish_mock_exam


@pytest.mark.parametrize(("language", "width", "height"), [("ko", 1280, 860), ("en", 1280, 860), ("ko", 360, 740)])
def test_screenshots_of_the_exam_room_and_the_report(
    served: Served, visit: Visits, camera: Camera, language: str, width: int, height: int
) -> None:
    exam = publish_mock_exam(served.site, (17, 23), types=(), pass_percent=70.0, shuffle_choices=False)
    room = begin(visit, exam, trainee(visit, "한유나"), language, width=width, height=height)
    name = {"en": "", "ko": "-ko"}[language] + ("" if width > 400 else "-narrow")
    for slot in (1, 2, 3, 4, 6, 7, 9, 12):
        room.slot(slot).click()
        room.choose(1 + slot % 4)
        if slot in {3, 9}:
            room.button("flag").click()
    room.saved()
    room.page.evaluate("scrollTo(0, 0)")
    camera.take(room.page, f"exam-room{name}")
    room.hand_in()
    camera.take(room.page, f"exam-report{name}")
