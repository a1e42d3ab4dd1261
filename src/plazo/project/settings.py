"""Django settings, made from the environment alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from plazo.project.environment import Environment

environment = Environment()

DEBUG = environment.debug
SECRET_KEY = environment.secret_key
ALLOWED_HOSTS = environment.hosts
BASE_URL = environment.base_url.rstrip("/")
ROOT_URLCONF = "plazo.project.urls"
WSGI_APPLICATION = "plazo.project.wsgi.application"

INSTALLED_APPS = [
    # Before allauth, so that our templates are found first.
    "plazo.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "plazo.kit",
    "plazo.people",
    "plazo.contracts",
    "plazo.tickets",
    "plazo.intake",
    "plazo.notices",
    "plazo.reports",
    "plazo.worker",
    "plazo.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "plazo.web.middleware.refuse_oversized",
    "plazo.web.middleware.DatabaseAway",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "plazo.web.middleware.speak_to_the_reader",
    "plazo.web.middleware.lead_to_the_form",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plazo.web.context.reader",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """SQLite that waits and never loses a commit; PostgreSQL through a pool."""
    config: dict[str, Any] = {**dj_database_url.parse(url)}
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-32000;"
            ),
        }
    else:
        config["CONN_MAX_AGE"] = 0
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 12, "timeout": 10}}
    return config


DATABASES = {"default": _database(environment.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "plazo.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# Nobody signs up; without a password among these, none could be used to sign in.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# A message to whoever types an address here would make the desk write to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
CSRF_FAILURE_VIEW = "plazo.web.errors.csrf_failure"

LANGUAGE_CODE = "es-cl"
LANGUAGES = [("es-cl", "Español"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Santiago"
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
DESK_NAME = environment.desk_name

STATIC_URL = "/static/"
STATIC_ROOT = environment.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = environment.data_dir / "files"
FILE_UPLOAD_HANDLERS = [
    "plazo.kit.uploading.KeepNameless",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
MAX_UPLOAD_BYTES = environment.max_upload_mb * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Read up to here, far beyond what a form takes, so that the form refuses it and keeps what was typed.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100
# A form with one file too big keeps its text; only what is far beyond any form is not read.
MAX_REQUEST_BYTES = 10 * MAX_UPLOAD_BYTES

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = environment.https
CSRF_COOKIE_SECURE = environment.https
SECURE_SSL_REDIRECT = environment.https
SECURE_HSTS_SECONDS = 31_536_000 if environment.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

EMAIL_FROM = environment.email_from
DEFAULT_FROM_EMAIL = environment.email_from
# Notices go out by `plazo.notices`; sign-in messages by Django's own backend, the same way.
MAIL_TRANSPORT = environment.email_transport
EMAIL_BACKEND = (
    f"django.core.mail.backends.{'filebased' if MAIL_TRANSPORT == 'file' else MAIL_TRANSPORT}.EmailBackend"
)
EMAIL_FILE_PATH = environment.data_dir / "outbox"
EMAIL_HOST = environment.email_host
EMAIL_PORT = environment.email_port
EMAIL_HOST_USER = environment.email_user
EMAIL_HOST_PASSWORD = environment.email_password
MAIL_TLS = environment.email_tls
EMAIL_USE_SSL = MAIL_TLS and EMAIL_PORT == 465
EMAIL_USE_TLS = MAIL_TLS and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
MAIL_LEASE_SECONDS = environment.email_lease_seconds
MAIL_ANSWER_SECONDS = environment.email_answer_seconds
# To the standard error of each process: whoever runs it decides where that goes.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},  # a page that is not there is no fault of ours
    },
}
