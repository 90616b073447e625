"""Marking an essay in a browser: found in the queue, marked along its rubric, and told in the report."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browser import Served, Visits, overflows, problems
from tests.support.exam_room import begin, trainee
from tests.support.item_tour import publish_tour


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_essay_is_marked_and_its_writer_sees_the_points(served: Served, visit: Visits, language: str) -> None:
    exam = publish_tour(served.site, "extended-text")
    room = begin(visit, exam, trainee(visit), language)
    room.page.locator(".essay-text").fill("모델은 그럴듯한 말을 잇습니다.\n<b>근거</b>가 없습니다.")
    room.page.locator(".essay-text").blur()
    room.saved()
    room.hand_in()
    report = room.page
    expect(report.locator(".report-item")).to_contain_text(re.compile("채점 대기|waits for marking"))

    page = visit(served.site.administrator(), language, f"/assessment/authoring/{exam.id}/attempts")
    page.get_by_role("link", name=re.compile("^(채점|Marking)$")).click()
    assert problems(page) == []
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text("<b>근거</b>가 없습니다.")
    assert problems(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert not overflows(page)
    page.set_viewport_size({"width": 1280, "height": 800})

    points = page.get_by_label(re.compile("점수|Points"))
    expect(points).to_have_count(3)
    points.nth(0).fill("3")
    page.get_by_role("button", name=re.compile("채점 저장|Keep the mark")).click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("0부터 2까지|from 0 to 2"))
    for place, given in enumerate(["2", "1.5", "0"]):
        points.nth(place).fill(given)
    page.get_by_role("button", name=re.compile("채점 저장|Keep the mark")).click()
    page.wait_for_url("**/marking")

    report.reload()
    expect(report.locator(".report-item")).to_contain_text(re.compile("3.5"))
    assert problems(report) == []
