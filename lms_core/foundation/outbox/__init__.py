"""Work after the commit: rows of one table, claimed under leases and run by one of two engines.

It runs everything at least once and loses nothing; it is no message bus, and it gives no answers back.
"""
