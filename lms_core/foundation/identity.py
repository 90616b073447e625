"""Identifiers: sortable ones for rows, unguessable ones for secrets."""

import hashlib
import os
import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A UUIDv7: 48 bits of milliseconds, then randomness, so that indexes stay local (RFC 9562, 5.7)."""
    moment = time.time_ns() // 1_000_000
    raw = (moment << 80) | int.from_bytes(os.urandom(10))
    return UUID(int=raw & ~(0xF << 76) & ~(0x3 << 62) | (0x7 << 76) | (0x2 << 62))


def random_token() -> str:
    """256 bits from the operating system, URL-safe: for sessions, links and API tokens."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token. A plain digest will do, since the token itself is already random."""
    return hashlib.sha256(token.encode()).hexdigest()
