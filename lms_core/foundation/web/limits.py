"""Rate limits. Keyed by person or token first: a whole classroom shares one address."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from lms_core.foundation.identity import token_hash
from lms_core.foundation.web.house import current_actor, house


def key() -> str:
    """Whose requests are counted together: a token's, a person's, or an address's."""
    bearer = request.headers.get("Authorization", "")
    if bearer:
        return token_hash(bearer)[:32]
    actor = current_actor()
    return str(actor.person_id or get_remote_address())


limiter = Limiter(key_func=key, headers_enabled=True)


def install_limits(app: Flask) -> None:
    """Count requests where a view says ``@limiter.limit(...)``; in memory, or in Redis for several processes."""
    settings = house(app).settings
    app.config.setdefault("RATELIMIT_STORAGE_URI", settings.rate_limit_store)
    app.config.setdefault("RATELIMIT_ENABLED", settings.rate_limits)
    limiter.init_app(app)
