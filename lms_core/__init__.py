"""The core of the learning management system: a foundation, hook points and a row of rooms.

It delivers courses and knows no subject: subjects come as plugins, which have the same shape as a room.
"""
