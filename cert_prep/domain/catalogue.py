"""The catalogue: every credential that plugins registered, and how each of its outlines stands on a given day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from cert_prep.hooks import Certification, DatedSpecification
from lms_core.foundation.errors import NotFound
from lms_core.foundation.text import text

STALE_AFTER: Final = timedelta(days=90)
WARN_BEFORE: Final = timedelta(days=90)


class CertificationNotFound(NotFound):
    """No plugin that is on registers this credential, or this version of it."""

    code = "certification-not-found"
    default = text("We could not find this credential. The plugin that brings it may be switched off.")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an outline stands on a day: ``retires_in`` days where its end is near, ``checked_days`` ago."""

    retired: bool
    retires_in: int | None
    stale: bool
    checked_days: int


def standing(specification: DatedSpecification, today: date) -> Standing:
    """Whether it is retired, about to be, or checked too long ago to be trusted."""
    end = specification.retired_on
    retired = end <= today if end else specification.status == "retired"
    near = end is not None and not retired and end - today <= WARN_BEFORE
    age = today - specification.checked_at
    return Standing(retired, (end - today).days if end and near else None, age > STALE_AFTER, max(0, age.days))


def contradictions(certification: Certification) -> Iterator[str]:
    """What cannot be right in what a plugin registers, in English, for the log."""
    if not certification.versions:
        yield "it has no version"
    named = [version.as_of for version in certification.versions]
    if len(set(named)) != len(named):
        yield "two versions share an as_of"
    for version in certification.versions:
        yield from (f"{version.as_of}: {problem}" for problem in _contradictions(certification.code, version))


def _contradictions(code: str, version: DatedSpecification) -> Iterator[str]:
    prefix = f"{code.lower()}."
    ids = [domain.id for domain in version.domains]
    if len(set(ids)) != len(ids):
        yield "a domain stands twice"
    for domain in version.domains:
        if not domain.id.startswith(prefix):
            yield f"the domain {domain.id} does not begin with {prefix}"
        if not 0 < domain.weight_min <= domain.weight_max <= 100:
            yield f"the domain {domain.id} has no weight that can be"
        if any(not objective.id.startswith(f"{domain.id}.") for objective in domain.objectives):
            yield f"an objective of {domain.id} does not begin with its id"
    if version.successor == code:
        yield "it is its own successor"


@dataclass(frozen=True)
class Catalogue:
    """Every credential by its code, with the plugin it comes from."""

    certifications: Mapping[str, Certification]
    plugins: Mapping[str, str]

    @classmethod
    def bind(cls, registered: Iterable[tuple[str, Certification]]) -> "tuple[Catalogue, tuple[str, ...]]":
        """Join what plugins registered; and, for the log, what was left out and why."""
        kept: dict[str, Certification] = {}
        plugins: dict[str, str] = {}
        left_out: list[str] = []
        for plugin, certification in registered:
            problems = list(contradictions(certification))
            if certification.code in kept:
                problems.append(f"{plugins[certification.code]} registers it already")
            if problems:
                left_out.append(f"{plugin}: {certification.code}: {'; '.join(problems)}")
                continue
            kept[certification.code], plugins[certification.code] = certification, plugin
        return cls(kept, plugins), tuple(left_out)

    def get(self, code: str) -> Certification:
        """The credential. Raises CertificationNotFound."""
        found = self.certifications.get(code)
        if found is None:
            raise CertificationNotFound
        return found

    def version(self, code: str, as_of: str = "") -> DatedSpecification:
        """One version of its outline, the one in force by default. Raises CertificationNotFound."""
        versions = self.get(code).versions
        found = next((one for one in versions if as_of in {"", one.as_of}), None)
        if found is None:
            raise CertificationNotFound
        return found

    def by_vendor(self) -> dict[str, list[Certification]]:
        """Credentials by vendor, in the order in which they were registered."""
        grouped: dict[str, list[Certification]] = {}
        for certification in self.certifications.values():
            grouped.setdefault(certification.vendor, []).append(certification)
        return grouped
