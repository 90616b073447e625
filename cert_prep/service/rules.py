"""What the vendors' rules and the academy's mean for simulations: when the next may begin, how a score is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cert_prep.domain.own_rule import OwnVersions, own_outlook, versions_of
from cert_prep.domain.retakes import RULED_MODE, Outlook, outlook, strictest
from cert_prep.domain.scales import ruler
from cert_prep.service.catalogue import CatalogueReader
from lms_core.assessment.domain.scoring import wilson
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.settings import SettingsBook
from lms_core.hooks.assessment import AttemptFacts, RawScore, ScaledScore


@dataclass(frozen=True)
class RuleService:
    """Answers what assessment asks about exams of a credential."""

    catalogue: CatalogueReader
    book: SettingsBook
    clock: Clock

    def reason_against(self, facts: AttemptFacts) -> Refusal | None:
        """Why a simulation may not begin yet, with the earliest date. Practice is free."""
        if facts.mode != RULED_MODE or not facts.earlier:
            return None
        found = self.outlook(facts.certification, facts.earlier)
        return found.decision.reasons[0] if found and found.decision.reasons else None

    def outlooks(self, code: str, earlier: Sequence[datetime], now: datetime) -> Sequence[Outlook]:
        """What each rule says of somebody's next simulation: the vendor's, then the academy's own."""
        certification = self.catalogue.find(code)
        if certification is None:
            return ()
        said = (outlook(certification, earlier, now), own_outlook(self.own_versions, earlier, now))
        return [one for one in said if one is not None]

    @property
    def own_versions(self) -> OwnVersions:
        """The academy's own rule, as its settings have it."""
        return versions_of(self.book.of("cert_prep")["retake_rules"])

    def scaled(self, score: RawScore) -> ScaledScore | None:
        """The score on the credential's scale, labelled as ours; None for an exam of no credential we know."""
        certification = self.catalogue.find(score.certification)
        if certification is None or not score.possible:
            return None
        scale = ruler(certification, certification.versions[0])
        # Partial credit can take points away, but nobody stands below nothing.
        share = min(1.0, max(0.0, score.points / score.possible))
        low, high = wilson(share, 1.0, score.items)
        return ScaledScore(
            value=scale.at(share),
            low=scale.at(low),
            high=scale.at(high),
            least=scale.least,
            most=scale.most,
            line=scale.line,
            passed=share >= scale.cut,
            items=score.items,
            scale=scale.name,
            label=scale.label,
        )

    def outlook(self, code: str, earlier: Sequence[datetime]) -> Outlook | None:
        """When the next simulation may begin by the strictest rule, how many are left, and why; None without a rule."""
        return strictest(self.outlooks(code, earlier, self.clock.now()))

    def next_possible(self, code: str, earlier: Sequence[datetime]) -> datetime | None:
        """From when on the next simulation may begin, if not at once."""
        found = self.outlook(code, earlier)
        return found.next_at if found and found.decision.reasons else None
