"""Test theory: what answers say about items and about people, apart from any database.

Needs the extra ``measurement`` (numpy, scipy) except for `classical`, which is plain Python. Abilities and difficulties
are logits on a scale on which the people calibrated have mean 0 and standard deviation 1.
"""
