"""What cert_prep shows on the pages of others."""

from datetime import UTC, datetime, time, timedelta

from cert_prep.service import CatalogueReader
from tests.support.switching import switch_off


def dashboard(site):
    return site.browser(site.administrator()).get("/admin/").text


def test_lms_show_admin_dashboard_names_outlines_that_nobody_looked_at_for_long(embedded_preparation, clock):
    site = embedded_preparation.site
    assert "Not looked at for 90 days" not in dashboard(site)
    clock.move(days=400)
    stale = [one for one in site.provide(CatalogueReader).listed() if one.standing.stale and not one.standing.retired]
    page = dashboard(site)
    assert "Not looked at for 90 days" in page
    assert f"and {len(stale) - 5} more" in page


def test_a_catalogue_that_was_switched_off_goes_before_all_of_them(embedded_preparation):
    site = embedded_preparation.site
    site.run_background()
    switch_off(site, "google_certs")
    site.run_background()
    page = site.browser(site.administrator(), "ko").get("/admin/").text
    assert "꺼진 자격증 목록" in page
    assert "Google 자격증" in page


def test_an_outline_that_ends_soon_goes_before_those_that_are_stale(embedded_preparation, clock):
    site = embedded_preparation.site
    ending = next(one for one in site.provide(CatalogueReader).listed() if one.specification.retired_on)
    clock.set(datetime.combine(ending.specification.retired_on - timedelta(days=5), time(), UTC))
    page = dashboard(site)
    assert "End within 90 days" in page
    assert ending.certification.code in page
