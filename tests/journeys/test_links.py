"""Whoever follows every link of the academy, as anybody of its people, comes to pages: no fault, no dead end."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag

import pytest
from flask.testing import FlaskClient

from lms_core.people.service import DirectoryService
from tests.support.academy import Academy

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"]*)"')
# Enough to come to every kind of page; of rows that look alike the first ones are followed.
MOST = 220
ALIKE = 3
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
PEOPLE = ("admin", "trainee", "instructor", "operator", "partner", "university", "city")


def shape(address: str) -> str:
    """What an address looks like, whatever row it is about."""
    path, _, query = ID.sub("*", address).partition("?")
    return path + "?" + "&".join(sorted(part.partition("=")[0] for part in query.split("&")))


def walked(client: FlaskClient) -> Iterator[tuple[str, str, int]]:
    """Addresses that links lead to, the page where each was found, and what came."""
    waiting, seen, shapes = [("/home", "")], {"/home"}, dict[str, int]()
    while waiting and len(seen) < MOST:
        address, found_on = waiting.pop(0)
        answer = client.get(address, follow_redirects=True)
        yield address, found_on, answer.status_code
        if answer.mimetype != "text/html":
            continue
        for link in LINK.findall(answer.text):
            there = urldefrag(link.replace("&amp;", "&")).url
            looks = shape(there)
            if there not in seen and shapes.get(looks, 0) < ALIKE:
                shapes[looks] = shapes.get(looks, 0) + 1
                seen.add(there)
                waiting.append((there, address))


@pytest.mark.slow
@pytest.mark.parametrize("who", PEOPLE)
def test_every_link_leads_to_a_page(academy: Academy, who: str) -> None:
    client = academy.browser(academy.provide(DirectoryService).id_of(f"{who}@example.org"))
    came = list(walked(client))
    assert [one for one in came if one[2] != 200] == []
    assert len(came) > 10
