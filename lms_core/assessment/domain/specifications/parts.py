"""What a specification is made of: bounds, the quota of a domain, a section."""

from dataclasses import dataclass
from typing import Final

from lms_core.foundation.text import Titles

NO_WORDS: Final = Titles("", "")


@dataclass(frozen=True, slots=True)
class Bound:
    """How many items of one difficulty or type: at least ``least``, at most ``most`` (None: any number)."""

    name: str
    least: int = 0
    most: int | None = None

    @property
    def is_sound(self) -> bool:
        """Whether it has a name and some number lies in it."""
        return bool(self.name) and self.least >= 0 and (self.most is None or self.least <= self.most)


@dataclass(frozen=True, slots=True)
class Quota:
    """How many items come from one domain, with the domain's titles and its published share in percent.

    ``difficulties`` bound the mix inside the domain: were it bound for the whole form only, one domain could be all
    hard and another all easy, and their bars would say more of the draw than of the person.
    """

    domain: str
    items: int
    titles: Titles
    least_percent: float | None = None
    most_percent: float | None = None
    difficulties: tuple[Bound, ...] = ()


@dataclass(frozen=True, slots=True)
class ExamSection:
    """A part of the exam with a title and an introduction of its own.

    It asks for the items of ``domains`` and of ``types`` (of either, where both are named); one that names neither
    takes what the sections before it leave. ``returns`` False: once it was left it stays left, with all before it.
    """

    titles: Titles
    returns: bool = True
    domains: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    introduction: Titles = NO_WORDS

    def takes(self, domain: str, kind: str) -> bool:
        """Whether it asks for an item of this domain and type."""
        return domain in self.domains or kind in self.types or not (self.domains or self.types)
