"""How hooks are called: plans compiled per hook and scope, and each verb's failure policy.

pluggy registers, validates and orders; this package calls. It knows the verbs and no learning.
"""
