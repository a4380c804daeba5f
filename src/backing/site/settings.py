"""Django's settings, read from the workspace and from a few words of the environment.

BACKING_HOME        the workspace folder
BACKING_KEY_FILE    the key to what is said about people
DATABASE_URL        PostgreSQL instead of SQLite: postgresql://user:password@host/name
BACKING_HOSTS       further names under which browsers may reach it, with commas between
BACKING_URL         the address as users see it, where that is not this machine's own
BACKING_TIME_ZONE   for example Europe/Madrid
BACKING_OIDC_ISSUER the address of the organisation's own sign-in (OpenID Connect), which comes with
                    backing[oidc]; without one, nothing of it is asked
BACKING_OIDC_CLIENT_ID, BACKING_OIDC_CLIENT_SECRET, BACKING_OIDC_NAME
                    what it knows this office by, and what the button calls it
EMAIL_HOST          the mail server; without one, messages are texts to paste and drafts to download
EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS (1), EMAIL_USE_SSL (1), EMAIL_FROM
                    what it asks for
BACKING_CHATS       chats that letters may go to: Team room=slack://..., with white space between; the
                    addresses are those of Apprise, which comes with backing[chat]
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url

from backing.site.release import VERSION
from backing.site.workspace import Workspace

WORKSPACE = Workspace.here()
BACKING_KEY_FILE = WORKSPACE.key_file
BACKING_URL = os.environ.get("BACKING_URL", "")

BASE_DIR = Path(__file__).parent.parent
DEBUG = False
SECRET_KEY = WORKSPACE.secret()
_further = [*os.environ.get("BACKING_HOSTS", "").split(","), urlsplit(BACKING_URL).hostname]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *(host for host in _further if host)]
CSRF_TRUSTED_ORIGINS = [BACKING_URL] if BACKING_URL else []

INSTALLED_APPS = [
    "backing.site.apps.SiteConfig",
    "backing.people.apps.PeopleConfig",
    "backing.outbox.apps.OutboxConfig",
    "backing.documents.apps.DocumentsConfig",
    "backing.evidence.apps.EvidenceConfig",
    "backing.mandate.apps.MandateConfig",
    "backing.scope.apps.ScopeConfig",
    "backing.leaders.apps.LeadersConfig",
    "backing.benefits.apps.BenefitsConfig",
    "backing.pushback.apps.PushbackConfig",
    "backing.rhythm.apps.RhythmConfig",
    "backing.sponsor.apps.SponsorConfig",
    "backing.worth.apps.WorthConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "backing.site.security.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "backing.people.doors.Doors",
    "backing.people.one_look.a_page_is_one_look",
]
ROOT_URLCONF = "backing.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "backing.site.frame.frame",
            ],
        },
    },
]

# Our own templates of form fields come before Django's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": WORKSPACE.database,
    "OPTIONS": {
        # A writer asks for the lock when it begins, so that it waits its turn instead of failing midway.
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;",
    },
}
DATABASES = {
    "default": dict(dj_database_url.parse(WORKSPACE.database_url, conn_max_age=60))
    if WORKSPACE.database_url
    else SQLITE
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["backing.people.backend.Backend"]
_checks = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_checks}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": f"{_checks}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_checks}.CommonPasswordValidator"},
]

BACKING_OIDC_ISSUER = os.environ.get("BACKING_OIDC_ISSUER", "")
BACKING_OIDC_CLIENT_ID = os.environ.get("BACKING_OIDC_CLIENT_ID", "")
BACKING_OIDC_CLIENT_SECRET = os.environ.get("BACKING_OIDC_CLIENT_SECRET", "")
BACKING_OIDC_NAME = os.environ.get("BACKING_OIDC_NAME") or "your organisation"

# Cookies are shared between the ports of one machine: the demo must not sign the real office out.
_cookies = WORKSPACE.home.name.replace(".", "-") or "backing"
SESSION_COOKIE_NAME = f"{_cookies}-session"
CSRF_COOKIE_NAME = f"{_cookies}-csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
_by_https = BACKING_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _by_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _by_https else None
SECURE_HSTS_SECONDS = 31_536_000 if _by_https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "backing.site.views.forbidden"

STATIC_URL = f"/static/{VERSION}/"  # a new release is a new address, so nothing stale is shown
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 600

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL", "") == "1"
# A name may have blanks; an address has none, and holds "://".
BACKING_CHATS = dict(
    re.findall(r"(\S[^=]*?)\s*=\s*(\S+://\S+)", os.environ.get("BACKING_CHATS", ""))
)
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM") or EMAIL_HOST_USER or "backing@localhost"

LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = os.environ.get("BACKING_TIME_ZONE", "UTC")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2**21
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**21
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A log is read by many and kept by some: it says what failed where, never what was in it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "backing.site.log.Sparing"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
    },
}
