"""Takedowns: an item that somebody asks to be asked no more is withdrawn at once, then decided on, and logged."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from lms_core.assessment.domain.banks import REVIEW_ITEM, SEE_BANK, Item
from lms_core.assessment.domain.question_reports import RequestTakedown, Takedown, TakedownChanged
from lms_core.assessment.repository.items import Items
from lms_core.assessment.repository.question_reports import QuestionReports
from lms_core.assessment.service.banks import seen_bank
from lms_core.assessment.service.items import seen_item
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work

WITHDRAWN = "Takedown"


@dataclass(frozen=True)
class TakedownService:
    """What reviewers do when somebody claims that an item may not be asked."""

    work: Work
    clock: Clock

    def find(self, actor: Actor, bank_id: UUID, request: PageRequest) -> Page[tuple[Takedown, Item]]:
        """One page of the log of a bank. Raises NotFound."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id, SEE_BANK)
            return QuestionReports(uow).takedowns(bank_id, request)

    def request(self, actor: Actor, command: RequestTakedown) -> Takedown:
        """Log the request and withdraw the item: no form that asks it is handed out from now on.

        Raises NotFound, Forbidden, Invalid.
        """
        _require_said(asked_by=command.asked_by, reason=command.reason)
        with self.work.write() as uow:
            item, bank = seen_item(uow, actor, command.item_id, REVIEW_ITEM)
            now = self.clock.now()
            ids = (new_id(), item.id, bank.id)
            takedown = Takedown(*ids, command.asked_by.strip(), command.reason.strip(), actor.person_id, now)
            QuestionReports(uow).add(takedown)
            item.retire(WITHDRAWN, None, now)
            Items(uow).retire_forms(item.id)
            uow.record(TakedownChanged(takedown.id, item.id), actor, bank.scopes)
            uow.commit()
        return takedown

    def decide(self, actor: Actor, takedown_id: UUID, outcome: Literal["kept_out", "restored"], done: str) -> Takedown:
        """Keep the item out, or let it be reviewed anew. Raises NotFound, Forbidden, Invalid, TakedownDecided."""
        _require_said(done=done)
        with self.work.write() as uow:
            takedown = QuestionReports(uow).takedown(takedown_id)
            item, bank = seen_item(uow, actor, takedown.item_id, REVIEW_ITEM)
            takedown.decide(outcome, done.strip(), actor.person_id, self.clock.now())
            if outcome == "restored":
                item.restore(self.clock.now())
            uow.record(TakedownChanged(takedown.id, item.id), actor, bank.scopes)
            uow.commit()
        return takedown


def _require_said(**said: str) -> None:
    empty = {name: (text("Fill this in."),) for name, words in said.items() if not words.strip()}
    if empty:
        raise Invalid(fields=empty)
