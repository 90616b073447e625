"""What a vendor's rules mean for attempts at certified exams: when the next one may begin, and how a score is shown."""

from dataclasses import dataclass
from datetime import datetime

from cert_prep.domain.retakes import RULED_MODE, Outlook, decide, outlook
from cert_prep.domain.scales import ruler
from cert_prep.service.catalogue import CatalogueReader
from lms_core.assessment.domain.scoring import wilson
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal
from lms_core.hooks.assessment import AttemptFacts, RawScore, ScaledScore


@dataclass(frozen=True)
class RuleService:
    """Answers what assessment asks about exams of a credential."""

    catalogue: CatalogueReader
    clock: Clock

    def reason_against(self, facts: AttemptFacts) -> Refusal | None:
        """Why a simulation may not begin yet, with the earliest date. Practice is free."""
        if facts.mode != RULED_MODE or not facts.earlier:
            return None
        certification = self.catalogue.find(facts.certification)
        decision = decide(certification, facts.earlier, self.clock.now()) if certification else None
        return decision.reasons[0] if decision and decision.reasons else None

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

    def outlook(self, code: str, earlier: tuple[datetime, ...]) -> Outlook | None:
        """When somebody may sit the next simulation, how many are left, and why; None where no rule is known."""
        certification = self.catalogue.find(code)
        return outlook(certification, earlier, self.clock.now()) if certification else None

    def next_possible(self, code: str, earlier: tuple[datetime, ...]) -> datetime | None:
        """From when on the next simulation may begin, if not at once."""
        certification = self.catalogue.find(code)
        decision = decide(certification, earlier, self.clock.now()) if certification else None
        return decision.reasons[0].reason.values["earliest"] if decision and decision.reasons else None
