"""Settings, from the environment only. The office PC needs none of them; `docs/guide` lists those of a province.

CHIBO_DATA     folder of the database, the files and the secret key (default: ``var`` in the current folder)
DATABASE_URL   ``postgres://user:password@host/name``; without it SQLite in CHIBO_DATA
CHIBO_HOSTS    names under which the pages are reached, with commas (default: this machine only)
CHIBO_URL      where the pages are, as letters write it (default: https:// and the first of CHIBO_HOSTS, behind TLS)
CHIBO_HTTPS    ``1`` behind TLS: secure cookies and HSTS
CHIBO_DEBUG    ``1`` for developers
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import dj_database_url
import pysqlite3

# Debian's SQLite can corrupt a WAL database (see docs/adr/0003): always the library from PyPI.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CHIBO_DATA", "var")).resolve()
DEBUG = os.environ.get("CHIBO_DEBUG") == "1"
HTTPS = os.environ.get("CHIBO_HTTPS") == "1"


def _secret_key() -> str:
    """A key of this installation's own, made at the first start and kept beside its data."""
    file = DATA / "secret-key"
    if not file.exists():
        DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return file.read_text(encoding="ascii")


SECRET_KEY = os.environ.get("CHIBO_SECRET_KEY") or _secret_key()
ALLOWED_HOSTS = [h for h in os.environ.get("CHIBO_HOSTS", "").split(",") if h] + [
    "localhost",
    "127.0.0.1",
    "[::1]",
]

APPS = (
    "core", "journal", "access", "units", "members", "papers", "tasks", "programmes", "meetings",
    "briefings", "plans", "study", "outreach", "consultations",
    "reviews", "congresses", "figures", "reports", "imports", "inspections", "warnings", "desk",
)  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "template_partials",
    "django_htmx",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "csp",
    *[f"chibo.{app}" for app in APPS],
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # slow lines: a page is sent in a sixth (ADR 0098)
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chibo.access.middleware.actor_middleware",
]
ROOT_URLCONF = "chibo.config.urls"
WSGI_APPLICATION = "chibo.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "chibo.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;"
        "PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=ON;",
    },
}
_url = os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": dict(dj_database_url.parse(_url, conn_max_age=600, conn_health_checks=True)) if _url else SQLITE
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "chibo.access.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USERNAME_MIN_LENGTH = 3
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "claim": "10/5m/ip",
    "box": "20/m/key,300/d/key",
    "follow": "60/m/key",
}

# E-mail, only where the office names a server: invitations to meetings and the weekly letter go out by it.
EMAIL_HOST = os.environ.get("CHIBO_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("CHIBO_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CHIBO_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CHIBO_MAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("CHIBO_MAIL_FROM", EMAIL_HOST_USER or "chibo@localhost")
PAGES_AT = os.environ.get("CHIBO_URL", f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "").rstrip("/")

SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-chibo" if HTTPS else "chibo"
CSRF_COOKIE_NAME = "__Host-chibo-csrf" if HTTPS else "chibo-csrf"
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "chibo" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = DATA / "files"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
FORM_RENDERER = "chibo.core.forms.Renderer"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO" if DEBUG else "WARNING"},
}
