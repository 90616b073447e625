"""What a person is shown before a plugin is installed, and when they have to be asked again."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lms_core.foundation.host.columns import line, side_by_side
from lms_core.foundation.host.manifest import Manifest, PersonalData
from lms_core.foundation.text import Titles

NOTICE = (
    "플러그인은 이 사이트의 모든 권한으로 실행됩니다. 여기 밝힌 내용이 울타리가 되지는 않으니, "
    "만든 이를 믿을 수 있을 때만 설치해 주세요.\n"
    "A plugin runs with all the rights of this site: what it discloses is no wall around it. Trust its maker."
)
# Whoever consents reads Korean or English; a terminal does not tell which, so both are written.
LABELS = {
    "requires": Titles("필요한 것", "requires"),
    "urls": Titles("주소", "pages"),
    "tables": Titles("테이블", "tables"),
    "hooks": Titles("훅", "hooks"),
    "permissions": Titles("권한", "permissions"),
    "grants": Titles("역할에 주는 권한", "roles give"),
    "tasks": Titles("작업", "tasks"),
    "settings": Titles("설정", "settings"),
    "hosts": Titles("통신 대상", "network"),
    "personal_data": Titles("개인정보", "keeps data"),
}
_LISTED = ("hooks", "permissions", "grants", "hosts", "tasks", "settings")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing an upgrade asks for, by its key in the disclosure: as it was agreed to (empty if new), and now."""

    what: str
    before: str
    now: str

    def __str__(self) -> str:
        return f"{self.what}: {self.now}" + (f" (agreed to: {self.before})" if self.before else "")

    def as_json(self) -> dict[str, str]:
        """As JSON values."""
        return asdict(self)


def disclosed(manifest: Manifest) -> dict[str, Any]:
    """What the manifest discloses, as JSON values: kept when somebody consents."""
    return {
        "core": str(manifest.core),
        "requires": {name: str(wanted) for name, wanted in manifest.requires.items()},
        "hooks": list(manifest.hooks),
        "permissions": list(manifest.permissions),
        "grants": list(manifest.grants),
        "personal_data": [_personal(table) for table in manifest.personal_data],
        "hosts": list(manifest.hosts),
        "tasks": list(manifest.tasks),
        "settings": list(manifest.settings),
        "urls": list(manifest.url_prefixes),
        "tables": f"{manifest.table_prefix}*",
    }


def consent_lines(manifest: Manifest) -> Iterator[str]:
    """The disclosure as lines for a terminal, in both languages where the author wrote both."""
    yield f"{manifest.title.ko} / {manifest.title.en}  ({manifest.id} {manifest.version})"
    yield f"  {manifest.summary.ko}"
    yield f"  {manifest.summary.en}"
    needs = ", ".join(f"{name} {wanted}" for name, wanted in manifest.requires.items())
    yield _said("requires", f"core {manifest.core}" + (f", {needs}" if needs else ""))
    yield _said("urls", ", ".join(manifest.url_prefixes[:2]))
    yield _said("tables", f"{manifest.table_prefix}*")
    yield _said("hooks", ", ".join(manifest.hooks) or "none")
    yield _said("permissions", ", ".join(manifest.permissions) or "none")
    yield _said("grants", ", ".join(manifest.grants) or "nothing of others")
    yield _said("tasks", ", ".join(manifest.tasks) or "none")
    yield _said("settings", ", ".join(manifest.settings) or "none")
    yield _said("hosts", ", ".join(manifest.hosts) or "calls nobody")
    for table in manifest.personal_data:
        yield _said("personal_data", _told(_personal(table)))
    if not manifest.personal_data:
        yield _said("personal_data", "no personal data")


def asks_more(before: Mapping[str, Any], manifest: Manifest) -> tuple[Asked, ...]:
    """What ``manifest`` asks for that nobody has consented to yet: an upgrade that asks for more asks again.

    Changed counts as more: another purpose, another retention, either way (whoever agreed counted on the data for so
    long), another address, another host, another plugin that is needed. What is given up is not asked about.
    """
    now = disclosed(manifest)
    return (*_listed(before, now), *_requirements(before, now), *_addresses(before, now), *_people(before, now))


def renewal_lines(before: Mapping[str, Any], manifest: Manifest, since: str) -> Iterator[str]:
    """What an upgrade from the version ``since`` asks for, beside what was consented to; nothing else."""
    yield f"{manifest.title.ko} / {manifest.title.en}  ({manifest.id} {since} -> {manifest.version})"
    more = asks_more(before, manifest)
    if not more:
        yield line("새로 묻는 것 / new", "없어요 / asks for nothing more")
        return
    yield from side_by_side("", "동의한 내용 / agreed to", "이제 묻는 내용 / asked now")
    for one in more:
        yield from side_by_side(_label(one.what), one.before or "-", one.now)


def _listed(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Asked]:
    for key in _LISTED:
        had = before.get(key, ())
        if coming := [one for one in now[key] if one not in had]:
            yield Asked(key, ", ".join(one for one in had if one not in now[key]), ", ".join(coming))


def _requirements(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Asked]:
    had = before.get("requires", {})
    if coming := [f"{name} {wanted}" for name, wanted in now["requires"].items() if name not in had]:
        gone = [f"{name} {wanted}" for name, wanted in had.items() if name not in now["requires"]]
        yield Asked("requires", ", ".join(gone), ", ".join(coming))


def _addresses(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Asked]:
    """The first is the pages', and the others follow from it."""
    had, has = (one.get("urls", ())[:1] for one in (before, now))
    if had != has:
        yield Asked("urls", ", ".join(had), ", ".join(has))


def _people(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Asked]:
    had = {table["table"]: _told(table) for table in before.get("personal_data", ())}
    for table in now["personal_data"]:
        told, agreed = _told(table), had.get(table["table"], "")
        if told != agreed:
            yield Asked("personal_data", agreed, told)


def _told(table: Mapping[str, Any]) -> str:
    days, purpose = table["retention_days"], table["purpose"]
    until = f"{days}일 / {days} days" if days else "본인 정보가 삭제될 때까지 / until the person is erased"
    return f"{table['table']}: {purpose['ko']} / {purpose['en']} ({until})"


def _personal(table: PersonalData) -> dict[str, Any]:
    purpose = {"ko": table.purpose.ko, "en": table.purpose.en}
    return {"table": table.table, "purpose": purpose, "retention_days": table.retention_days}


def _said(key: str, value: str) -> str:
    return line(_label(key), value)


def _label(key: str) -> str:
    return f"{LABELS[key].ko} / {LABELS[key].en}"
