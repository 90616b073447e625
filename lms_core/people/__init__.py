"""People: accounts, sign-in, roles, tokens and the register of personal data.

It is not who belongs where (organisation), nor who learns what (enrolment).
"""
