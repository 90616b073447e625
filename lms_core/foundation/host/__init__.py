"""The plugin host: finds plugins, reads what they disclose, orders, checks, loads, gates and migrates them.

It knows no hook by name and no room: what it must know of the core it is told (``core.Core``). To be read in the
order in which a plugin meets it: ``manifest`` and ``discovery``; ``order`` and ``claims``; ``markers`` and
``loading``; ``strictness``, ``declared`` and ``mounting``; ``gates`` and ``service``; ``lineage`` and
``migrations``. How one gets here: ``wheels``, ``resolving``, ``overlay``, ``installing``, ``trial``. For authors:
``scaffolding`` and ``checking``. The command line: ``commands``.
"""
