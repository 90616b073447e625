"""Makes wheels for tests, good ones and hostile ones, in a millisecond and without a build."""

import base64
import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

MANIFEST = """
id = "{id}"
core = ">=1.0,<2"
title = {{ko = "실습", en = "Labs"}}
summary = {{ko = "실습실을 연다.", en = "Opens lab rooms."}}
{more}
"""


def make_wheel(
    folder: Path,
    name: str = "labs",
    version: str = "1.0",
    *,
    files: Mapping[str, bytes | str] | None = None,
    drop: Sequence[str] = (),
    manifest: str = "",
    requires: Sequence[str] = (),
    entry_points: str | None = None,
    metadata: str = "",
    record: str | None = None,
    links: Mapping[str, str] | None = None,
    tag: str = "py3-none-any",
    info: str | None = None,
) -> Path:
    """A plugin's wheel; each argument spoils one thing."""
    info = info or f"{name}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {line}\n" for line in requires)
    content: dict[str, bytes | str] = {
        f"{name}/__init__.py": "",
        f"{name}/plugin.py": "",
        f"{name}/plugin.toml": MANIFEST.format(id=name, more=manifest),
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}{metadata}\n",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{info}/entry_points.txt": entry_points or f"[lms.plugins]\n{name} = {name}.plugin\n",
    } | dict(files or {})
    for gone in drop:
        content.pop(gone)
    lines = "".join(f"{path},sha256={_digest(body)},\n" for path, body in {**content, **(links or {})}.items())
    content[f"{info}/RECORD"] = f"{lines}{info}/RECORD,,\n" if record is None else record
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, body in content.items():
            archive.writestr(inner, body)
        for inner, target in (links or {}).items():
            entry = zipfile.ZipInfo(inner)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, target)
    return path


def _digest(body: bytes | str) -> str:
    raw = body.encode() if isinstance(body, str) else body
    return base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=").decode()
