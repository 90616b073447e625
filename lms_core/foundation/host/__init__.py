"""The plugin host: finds plugins, reads what they disclose, orders, checks, loads, gates and migrates them.

It knows no hook by name and no room: what it must know of the core it is told (``core.Core``).
"""
