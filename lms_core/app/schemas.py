"""What the site's own pages and API read and give out."""

from lms_core.app.places import NARROW
from lms_core.app.service import STATES
from lms_core.foundation.outbox.rows import HELD, PARKED
from lms_core.foundation.outbox.rows import STATES as WORK_STATES
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import PageIn, Said, Schema


class PluginQuery(PageIn):
    """Which plugins are wanted: all, or those in one state."""

    state = fields.String(load_default="", validate=fields.OneOf(("", *STATES)))


class TraceQuery(PageIn):
    """Which traces are wanted: all, those in which a plugin was asked, those in which something failed."""

    plugin = fields.String(load_default="", validate=fields.Length(max=64))
    failed = fields.Boolean(load_default=False)


class PlaceQuery(PageIn):
    """Which places are wanted."""

    kind = fields.String(load_default="campus", validate=fields.OneOf(NARROW))


class RuleIn(Schema):
    """A decision: on or off, in one place (``site`` or ``kind:id``)."""

    scope = fields.String(load_default="site", validate=fields.Length(max=64))
    enabled = fields.Boolean(required=True)


class RulePlaceIn(Schema):
    """The place whose rule is taken away."""

    scope = fields.String(load_default="site", validate=fields.Length(max=64))


class SwitchIn(Schema):
    """What a switch or a button of a page sends."""

    scope = fields.String(load_default="site", validate=fields.Length(max=64))
    act = fields.String(required=True, validate=fields.OneOf(("on", "off", "clear")))


class SettingPlaceIn(PageIn):
    """The place whose settings are looked at or changed."""

    scope = fields.String(load_default="site", validate=fields.Length(max=64))


class UnsetIn(Schema):
    """The setting of a place that is taken away."""

    scope = fields.String(load_default="site", validate=fields.Length(max=64))
    name = fields.String(required=True, validate=fields.Length(max=64))


class RuleOut(Schema):
    """A rule in force."""

    scope = fields.String(required=True)
    enabled = fields.Boolean(required=True)


class FindingOut(Schema):
    """Why a plugin is quarantined: what is wrong, where, by which rule, and what may have been meant."""

    file = fields.String(required=True)
    line = fields.Integer(required=True)
    rule = fields.String(required=True)
    message = Said(required=True)
    suggestion = fields.String(required=True)


class HealthOut(Schema):
    """How a plugin fares at one hook, in the process that answered."""

    hook = fields.String(required=True)
    calls = fields.Integer(required=True)
    failures = fields.Integer(required=True)
    median = fields.Float(required=True, metadata={"description": "Milliseconds within which half of the calls ended"})
    slow = fields.Float(required=True, metadata={"description": "Milliseconds within which 95 of 100 calls ended"})
    breaker = fields.String(required=True, validate=fields.OneOf(("closed", "open", "trying")))


class DisclosedOut(Schema):
    """What the manifest says that the plugin may touch."""

    core = fields.String(required=True)
    requires = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    hooks = fields.List(fields.String(), required=True)
    permissions = fields.List(fields.String(), required=True)
    grants = fields.List(fields.String(), required=True)
    personal_data = fields.List(fields.Dict(), required=True)
    hosts = fields.List(fields.String(), required=True)
    tasks = fields.List(fields.String(), required=True)
    settings = fields.List(fields.String(), required=True)
    urls = fields.List(fields.String(), required=True)
    tables = fields.String(required=True)


class PluginOut(Schema):
    """A plugin: what it is, where it is on, what it may touch, how it fares."""

    id = fields.String(required=True)
    version = fields.String(required=True)
    state = fields.String(required=True, validate=fields.OneOf(STATES))
    maker = fields.String(required=True)
    title_ko = fields.String(required=True, attribute="titles.ko")
    title_en = fields.String(required=True, attribute="titles.en")
    disclosed = fields.Nested(DisclosedOut, required=True, allow_none=True)
    findings = fields.List(fields.Nested(FindingOut), required=True)
    rules = fields.List(fields.Nested(RuleOut), required=True)
    requires = fields.List(fields.String(), required=True)
    required_by = fields.List(fields.String(), required=True)
    health = fields.List(fields.Nested(HealthOut), required=True)


class WorkQuery(PageIn):
    """Which pieces of work are wanted; those that a person has to look at, unless another state is named."""

    state = fields.String(load_default=PARKED, validate=fields.OneOf(WORK_STATES))


class WorkPageQuery(PageIn):
    """Which pieces of work a page shows."""

    state = fields.String(load_default=PARKED, validate=fields.OneOf((PARKED, HELD)))


class WorkOut(Schema):
    """A piece of background work: a task, or a hook that a plugin is to hear."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    plugin = fields.String(required=True)
    state = fields.String(required=True)
    attempts = fields.Integer(required=True)
    last_error = fields.String(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    available_at = fields.DateTime(required=True)
    expires_at = fields.DateTime(required=True, allow_none=True)
