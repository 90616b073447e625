"""What every room stands on: database, unit of work, outbox, plugin host, errors, policy, web plumbing.

It knows no word of learning and imports no room.
"""
