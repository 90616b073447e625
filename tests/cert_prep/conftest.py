from datetime import UTC, datetime

import pytest

from cert_prep.service import BankLoader, CatalogueReader, MockExamService
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.actors import SYSTEM, Actor
from tests.support.switching import switch_on

CATALOGUES = ("cert_prep", "google_certs", "microsoft_certs")
# The day after the catalogues' facts were checked.
TODAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


class Preparation:
    """A site with both catalogues switched on."""

    def __init__(self, site):
        self.site = site
        switch_on(site, *CATALOGUES)

    def provide(self, service):
        return self.site.provide(service)

    @property
    def catalogue(self):
        return self.provide(CatalogueReader)

    @property
    def mock_exams(self):
        return self.provide(MockExamService)

    def approved(self, slug):
        """The bank that ships under this name, loaded and approved by a second person."""
        loader = self.provide(BankLoader)
        bank = loader.load(SYSTEM, self.catalogue.banks()[slug])
        second = Actor(self.site.administrator(), almighty=True)
        chosen = [(item.id, item.latest_version_id) for item, _ in loader.items(SYSTEM, bank.id)]
        outcome = self.provide(ReviewService).approve(second, bank.id, chosen)
        assert outcome.done == len(chosen), outcome.skipped
        return bank

    def published(self, slug, command):
        """An exam made by ``command`` from an approved bank, open to attempts."""
        self.approved(slug)
        made = self.mock_exams.make_exam(SYSTEM, command)
        return self.provide(ExamService).publish(SYSTEM, made.id)


@pytest.fixture
def preparation(site, clock):
    clock.set(TODAY)
    with site.app.app_context():
        yield Preparation(site)


@pytest.fixture
def embedded_preparation(embedded_site, clock):
    clock.set(TODAY)
    with embedded_site.app.app_context():
        yield Preparation(embedded_site)
