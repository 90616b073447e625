"""Calibrations: numbered runs of a bank, and what each found of every item. The SQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, delete, func, insert, select, update

from lms_core.assessment.domain.measurement.runs import (
    STATES,
    AbilitiesFound,
    Difference,
    Findings,
    ItemFound,
    Model,
    Run,
    State,
    as_wholes,
)
from lms_core.assessment.tables.items import items
from lms_core.assessment.tables.measurement import calibrated_items, calibrations
from lms_core.foundation.errors import NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.text import Text
from lms_core.foundation.uow import UnitOfWork

PLAIN: Final = (
    "answers",
    "facility",
    "discrimination",
    "difficulty",
    "discrimination_error",
    "difficulty_error",
    "infit",
    "outfit",
    "fit_probability",
)
SORTS: Final = ("difficulty", "discrimination", "answers", "infit", "fit_probability")


@dataclass(frozen=True, slots=True)
class ItemNamed:
    """What a run found of an item, with how the item is called."""

    identifier: str
    found: ItemFound

    @property
    def name(self) -> str:
        """How it is called; a question within a case by its number as well."""
        return f"{self.identifier} ({self.found.item[1]})" if self.found.item[1] else self.identifier


@dataclass(frozen=True)
class Calibrations:
    """Runs inside one unit of work."""

    uow: UnitOfWork

    def add(self, bank_id: UUID, model: Model, by: UUID | None) -> UUID:
        """Keep a new run that waits; its id."""
        last = select(func.coalesce(func.max(calibrations.c.number), 0)).where(calibrations.c.bank_id == bank_id)
        run_id = new_id()
        row: dict[str, Any] = {"id": run_id, "bank_id": bank_id, "number": (self.uow.session.scalar(last) or 0) + 1}
        row |= {"model": model, "state": "waiting", "requested_by": by, "requested_at": self.uow.clock.now()}
        self.uow.session.execute(insert(calibrations), row)
        return run_id

    def get(self, run_id: UUID) -> Run:
        """The run. Raises NotFound."""
        row = self.uow.session.execute(select(calibrations).where(calibrations.c.id == run_id)).first()
        if row is None:
            raise NotFound
        return _run(row)

    def listed(self, bank_id: UUID, request: PageRequest) -> Page[Run]:
        """One page of a bank's runs, the newest first."""
        theirs = select(calibrations).where(calibrations.c.bank_id == bank_id)
        return page(self.uow, theirs.order_by(calibrations.c.number.desc()), request).map(_run)

    def running(self, bank_id: UUID, since: datetime) -> bool:
        """Whether a run of the bank is on its way that was asked for after ``since``."""
        under_way = select(calibrations.c.id).where(
            calibrations.c.bank_id == bank_id,
            calibrations.c.state.in_(STATES[:-1]),
            calibrations.c.requested_at > since,
        )
        return self.uow.session.scalar(under_way.limit(1)) is not None

    def accept(self, run: Run, by: UUID | None) -> None:
        """Let what a run found be what its bank's items are known by. Doing it again renews who and when."""
        now = self.uow.clock.now()
        accepted = {"accepted_by": by, "accepted_at": now}
        self.uow.session.execute(update(calibrations).where(calibrations.c.id == run.id).values(accepted))
        measured = [
            {"of_item": item_id, "slope": slope, "place": place}
            for item_id, (slope, place) in as_wholes(self.every(run.id)).items()
        ]
        values: dict[str, Any] = {"discrimination_value": bindparam("slope"), "difficulty_value": bindparam("place")}
        written = update(items).where(items.c.id == bindparam("of_item")).values(**values, calibration_id=run.id)
        self.uow.session.connection().execute(written, measured)

    def in_force(self, bank_ids: Iterable[UUID]) -> Run | None:
        """Of the runs of these banks that were accepted last, the one with the most calibrated items."""
        accepted = calibrations.c.accepted_at.is_not(None)
        theirs = select(calibrations).where(calibrations.c.bank_id.in_(list(bank_ids)), accepted)
        ordered = theirs.order_by(calibrations.c.accepted_at, calibrations.c.number)
        newest = {row.bank_id: _run(row) for row in self.uow.session.execute(ordered)}
        usable = [one for one in newest.values() if one.calibrated]
        return max(usable, key=lambda one: one.calibrated or 0, default=None)

    def move(self, run_id: UUID, state: State, reason: Text | None = None) -> None:
        """Say how far it is. What is done stays done."""
        values: dict[str, Any] = {"state": state, "reason": _said(reason)}
        if state == "failed":
            values["finished_at"] = self.uow.clock.now()
        still = (calibrations.c.id == run_id) & (calibrations.c.state != "done")
        self.uow.session.execute(update(calibrations).where(still).values(values))

    def finish(self, run_id: UUID, found: Findings) -> None:
        """Keep what was found, instead of what an earlier try may have kept."""
        self.uow.session.execute(delete(calibrated_items).where(calibrated_items.c.calibration_id == run_id))
        if found.items:
            rows = [_row(run_id, at, one) for at, one in enumerate(found.items, 1)]
            self.uow.session.execute(insert(calibrated_items), rows)
        plain = {name: getattr(found, name) for name in ("persons", "calibrated", "log_likelihood", "iterations")}
        told = asdict(found.abilities) if found.abilities else None
        values = {**plain, "items": len(found.items), "converged": found.converged, "abilities": told}
        ended = {"state": "done", "finished_at": self.uow.clock.now()}
        self.uow.session.execute(update(calibrations).where(calibrations.c.id == run_id).values(values | ended))

    def items(self, run_id: UUID, request: PageRequest) -> Page[ItemNamed]:
        """One page of what was found, in the order of the bank where no other is asked for."""
        name = request.sort.removeprefix("-")
        theirs = _named(run_id)
        if name in SORTS:
            column = calibrated_items.c[name]
            ordered = column.desc() if request.sort.startswith("-") else column.asc()
            theirs = theirs.order_by(column.is_(None), ordered, calibrated_items.c.position)
        return page(self.uow, theirs.order_by(items.c.identifier, calibrated_items.c.part), request).map(_item)

    def every(self, run_id: UUID) -> Sequence[ItemFound]:
        """What was found of every item."""
        rows = self.uow.session.execute(_named(run_id).order_by(calibrated_items.c.position))
        return [_item(row).found for row in rows]

    def of_items(self, item_ids: Sequence[UUID]) -> Mapping[UUID, ItemFound]:
        """The newest parameters of each of these items that has any and stands alone."""
        done = select(calibrated_items, calibrations.c.number).join_from(calibrated_items, calibrations)
        theirs = done.where(calibrated_items.c.item_id.in_(item_ids), calibrated_items.c.part == 0)
        known = theirs.where(calibrated_items.c.difficulty.is_not(None)).order_by(calibrations.c.finished_at)
        return {row.item_id: _found(row) for row in self.uow.session.execute(known)}


def _named(run_id: UUID) -> Select[Any]:
    told = select(calibrated_items, items.c.identifier).join_from(calibrated_items, items)
    return told.where(calibrated_items.c.calibration_id == run_id)


def _row(run_id: UUID, position: int, one: ItemFound) -> dict[str, Any]:
    ids = {"calibration_id": run_id, "position": position, "item_id": one.item[0], "part": one.item[1]}
    told = {"reason": _said(one.reason), "groups": [asdict(each) for each in one.groups]}
    return {**ids, **{name: getattr(one, name) for name in PLAIN}, **told}


def _item(row: Row[Any]) -> ItemNamed:
    return ItemNamed(row.identifier, _found(row))


def _found(row: Row[Any]) -> ItemFound:
    groups = tuple(Difference(**each) for each in row.groups)
    figures = {name: getattr(row, name) for name in PLAIN}
    return ItemFound((row.item_id, row.part), reason=_read(row.reason), groups=groups, **figures)


def _run(row: Row[Any]) -> Run:
    told = dict(row._mapping)
    known = told.pop("abilities")
    abilities = AbilitiesFound(**{**known, "counts": tuple(known["counts"])}) if known else None
    return Run(abilities=abilities, reason=_read(told.pop("reason")), **told)


def _said(reason: Text | None) -> dict[str, Any] | None:
    return {"msgid": reason.msgid, "values": dict(reason.values)} if reason else None


def _read(written: Mapping[str, Any] | None) -> Text | None:
    return Text(written["msgid"], written["values"]) if written else None
