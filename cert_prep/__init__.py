"""Certification preparation: dated specifications of credentials, mock exams made from them, honest scores.

It knows no vendor: catalogue plugins register credentials through its own hooks. It sits no exam: assessment does.
"""
