"""The use cases of people, one module a subject."""

from lms_core.people.service.accounts import AccountService
from lms_core.people.service.directory import DirectoryService
from lms_core.people.service.enlisting import EnlistService
from lms_core.people.service.passwords import Passwords
from lms_core.people.service.privacy import PrivacyService
from lms_core.people.service.roles import RoleService
from lms_core.people.service.search import SearchService
from lms_core.people.service.sign_in import SignInService

__all__ = [
    "AccountService",
    "DirectoryService",
    "EnlistService",
    "Passwords",
    "PrivacyService",
    "RoleService",
    "SearchService",
    "SignInService",
]
