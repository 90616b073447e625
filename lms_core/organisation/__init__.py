"""Organisations, campuses, departments and the people who belong to them: the places of the programme.

It says where something is held and by whom; who may do what there is the business of people's roles.
"""
