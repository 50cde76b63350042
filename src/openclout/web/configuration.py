"""Django's settings, made of our own typed ones."""

from pathlib import Path
from typing import Any

from openclout.settings import Database, Site
from openclout.web.language import compiled_folder
from openclout.web.mail import mail_settings
from openclout.web.signin.settings import SIGNIN_MIDDLEWARE, signin_apps, signin_settings

FEATURES = (
    "home", "profile", "leaderboard", "topics", "moments", "compare", "pictures", "klout", "bulk",
    "endorsing", "perks", "invitations", "shortlists", "webhooks",
    "signin", "connect", "mydata", "notes", "digest",
)  # fmt: skip
"""The folders with pages of their own, each a Django application."""
_HERE = Path(__file__).parent
_APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "openclout.web.frame",
    "openclout.web.published",
    "openclout.web.members",
    "openclout.web.claims",
    "openclout.web.interface",
    "openclout.web.erasure",
)
_DESK = ("openclout.web.desk", "django.contrib.admin.apps.SimpleAdminConfig")
"""In this order: the desk's templates stand before Django's."""
_MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "openclout.web.frame.headers.Headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "openclout.web.interface.conditional.Conditional",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    *SIGNIN_MIDDLEWARE,
)


def django_settings(site: Site) -> dict[str, Any]:
    """Give Django's settings for a site."""
    return {
        "SECRET_KEY": site.secret,
        "DEBUG": site.debug,
        "ALLOWED_HOSTS": list(site.hosts),
        "INSTALLED_APPS": [
            *_APPS,
            *(f"openclout.web.{name}" for name in FEATURES),
            *_DESK,
            *signin_apps(site),
        ],
        "MIDDLEWARE": list(_MIDDLEWARE),
        "ROOT_URLCONF": "openclout.web.urls",
        "WSGI_APPLICATION": None,
        "DATABASES": {"default": _database(site.database)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "AUTH_USER_MODEL": "members.Member",
        "TEMPLATES": [_templates(site)],
        **_files(site),
        **_languages(site),
        **_safety(site),
        **signin_settings(site),
        **mail_settings(site.outside, site.settings.data),
    }


def _templates(site: Site) -> dict[str, Any]:
    loaders: list[Any] = ["django.template.loaders.app_directories.Loader"]
    if not site.debug:
        loaders = [("django.template.loaders.cached.Loader", loaders)]
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": loaders,
            "builtins": ["openclout.web.frame.templatetags.figures"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openclout.web.frame.context.frame",
            ],
        },
    }


def _database(database: Database) -> dict[str, Any]:
    if database.engine == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": database.name,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",  # a writer waits for its turn, it does not fail
                "init_command": "pragma journal_mode = wal; pragma synchronous = normal;"
                " pragma foreign_keys = on; pragma cache_size = -65536;"
                " pragma mmap_size = 4294967296; pragma temp_store = memory",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "HOST": database.host,
        "PORT": database.port,
        "USER": database.user,
        "PASSWORD": database.password,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _files(site: Site) -> dict[str, Any]:
    return {
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [site.settings.data / "site" / "assets"],
        "STATIC_ROOT": site.settings.data / "site" / "static",
        "WHITENOISE_USE_FINDERS": site.debug,
        "WHITENOISE_MAX_AGE": 31536000 if not site.debug else 0,
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {
                "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
                if site.debug
                else "whitenoise.storage.CompressedManifestStaticFilesStorage"
            },
        },
    }


def _languages(site: Site) -> dict[str, Any]:
    return {
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": True,
        "LANGUAGE_CODE": "en",
        "LANGUAGES": [("en", "English"), ("de", "Deutsch")],
        "LOCALE_PATHS": [compiled_folder(site.settings.data)],
        "USE_THOUSAND_SEPARATOR": True,
    }


def _safety(site: Site) -> dict[str, Any]:
    encrypted = site.origin.startswith("https://")
    return {
        "SESSION_COOKIE_SECURE": encrypted,
        "CSRF_COOKIE_SECURE": encrypted,
        "LANGUAGE_COOKIE_SECURE": encrypted,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 14 * 86400,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "CSRF_TRUSTED_ORIGINS": [site.origin],
        "SECURE_HSTS_SECONDS": 31536000 if site.production else 0,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if site.production else None,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 1 << 20,
        "MIGRATION_MODULES": {"published": None},
        "LOGGING_CONFIG": "logging.config.dictConfig",
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"console": {"class": "logging.StreamHandler"}},
            "loggers": {"django": {"handlers": ["console"], "level": "ERROR"}},
        },
    }
