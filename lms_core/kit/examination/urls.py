"""Permissions: what booting cannot refuse, and no partner should publish.

That every URL declares its access, by a permission that is registered and a scope that can be found, is held at boot.
"""

from collections.abc import Iterator

from lms_core.foundation.host.findings import Finding
from lms_core.foundation.web.access import PUBLIC, declared
from lms_core.kit.examination.subject import Examined


def check_urls(examined: Examined) -> Iterator[Finding]:
    """Every URL that shows an object to anyone who knows its id."""
    for rule, method in examined.urls():
        access = declared(examined.site.app, rule.endpoint, method)
        if access and access.permission == PUBLIC and "<uuid:" in str(rule):
            view = examined.site.app.view_functions[rule.endpoint]
            told = "%(method)s %(url)s is public, and an id stands in it. Ask for SIGNED_IN at least."
            yield examined.fault(view, "access", told, method=method, url=rule)
