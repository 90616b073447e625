"""Web plumbing that every page and every API shares: access, errors, headers, languages, forms, health.

Rooms import what they need from here; the factory in ``lms_core.app`` puts it all together.
"""

from lms_core.foundation.web.access import BY_TOKEN, PUBLIC, SIGNED_IN, Access, access
from lms_core.foundation.web.house import House, current_actor, house, provide

__all__ = ["BY_TOKEN", "PUBLIC", "SIGNED_IN", "Access", "House", "access", "current_actor", "house", "provide"]
