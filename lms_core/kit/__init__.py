"""The author's kit: sites for the tests of plugins, and the examination that ``lms plugin check`` makes of one.

No room imports it, and no site that serves needs it. ``fixtures`` is what pytest finds (entry point ``pytest11``).
"""
