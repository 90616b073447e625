"""Settings of a site: copy to config.py, or let `lms init` make one. LMS_<NAME> in the environment comes last."""

# A random text of 32 characters or more; `lms init` writes one.
SECRET_KEY = ""

SITE_NAME_KO = "청년취업사관학교"
SITE_NAME_EN = "Youth Employment Academy"
TIME_ZONE = "Asia/Seoul"
DEFAULT_LANGUAGE = "ko"
PUBLIC_URL = "https://academy.example.org"
SECURE_COOKIES = True
TRUSTED_PROXIES = 1

# Left out, the database is a file in this folder, and work is done by the serving process.
# DATABASE_URL = "postgresql+psycopg://lms@db/lms"
# BROKER_URL = "redis://cache/0"
# RATE_LIMIT_STORE = "redis://cache/1"

# Left out, mails are laid into mail/.
# MAIL_URL = "smtp://user:password@mail.example.org:587"
# MAIL_FROM = "academy@example.org"

# LOG_FORMAT = "json"
# METRICS_TOKEN = "a token for Prometheus"
# BLOCKED_PLUGINS = ("name_of_a_plugin",)
