"""Headers, forged requests, and the guard that lets nobody into an undeclared view."""

from tests.support.site import Site


def test_every_answer_carries_a_strict_policy_with_a_nonce_of_its_own(embedded_site: Site) -> None:
    browser = embedded_site.browser()
    policies = [browser.get("/people/sign-in").headers["Content-Security-Policy"] for _ in range(2)]
    assert policies[0] != policies[1]
    assert "unsafe" not in policies[0]
    assert "default-src 'self'" in policies[0]


def test_no_page_holds_an_inline_style_or_handler(embedded_site: Site) -> None:
    page = embedded_site.browser(embedded_site.administrator()).get("/people/").text
    assert " style=" not in page
    assert " onclick=" not in page


def test_a_form_without_its_token_is_refused_in_words(embedded_site: Site) -> None:
    browser = embedded_site.browser(embedded_site.administrator())
    answer = browser.post("/people/account", data={"display_name": "X", "language": "en"})
    assert answer.status_code == 403
    assert "Load it again" in answer.text


def test_a_change_sent_from_another_site_is_refused(embedded_site: Site) -> None:
    browser = embedded_site.browser(embedded_site.administrator())
    answer = browser.post("/people/sign-out", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_an_undeclared_view_lets_nobody_in(embedded_site: Site) -> None:
    embedded_site.app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = embedded_site.browser(embedded_site.administrator()).get("/forgotten")
    assert answer.status_code == 403
    assert "secret" not in answer.text


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(embedded_site: Site) -> None:
    browser = embedded_site.browser(embedded_site.administrator())
    assert browser.get("/home").headers["Cache-Control"] == "no-store"


def test_a_language_that_was_chosen_stays(embedded_site: Site) -> None:
    browser = embedded_site.browser(language="en")
    assert 'lang="en"' in browser.get("/people/sign-in").text
    browser.submit("/language/ko", next="/people/sign-in")
    assert "로그인" in browser.get("/people/sign-in").text


def test_switching_the_language_leads_nowhere_else(embedded_site: Site) -> None:
    assert embedded_site.browser().submit("/language/ko", next="//evil.example").location == "/"
