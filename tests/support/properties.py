"""How hypothesis searches: without a stopwatch, for a busy machine is no counter-example."""

from hypothesis import settings

settings.register_profile("lms", deadline=None)
settings.load_profile("lms")
