"""The page that tells how ready one is."""

from cert_prep.service import CatalogueReader


def test_without_an_exam_it_says_so_and_whose_estimate_it_would_be(embedded_preparation):
    site = embedded_preparation.site
    code = site.provide(CatalogueReader).listed()[0].certification.code
    page = site.browser(site.person("trainee")).get(f"/cert_prep/{code}/readiness")
    assert page.status_code == 200
    assert "There is no mock exam for you yet" in page.text
    assert "neither made nor confirms it" in page.text
