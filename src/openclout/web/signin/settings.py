"""allauth's settings, made of our own typed ones."""

from typing import Any

from openclout.settings import Site

PROVIDERS = {
    "github": "github",
    "google": "google",
    "reddit": "reddit",
    "stackexchange": "stackexchange",
    "x": "twitter_oauth2",
}
"""Our names of networks, and allauth's."""
SIGNIN_MIDDLEWARE = (
    "allauth.account.middleware.AccountMiddleware",
    "openclout.web.signin.leaving.Leaving",
)
LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/15m/key",
    "signup": "20/h/ip",
    "reset_password": "10/h/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
    "fetch": "40/h/user",  # of addresses that a member names (proof/limits.py)
    "fetch_visitor": "20/h/ip",
}
"""How often, by address (ip), by the e-mail that is tried (key), by member (user)."""
_SCOPES = {"google": ["profile", "email", "https://www.googleapis.com/auth/youtube.readonly"]}


def signin_apps(site: Site) -> list[str]:
    """Give allauth's applications: a network only where the operator has set its keys."""
    networks = [PROVIDERS[name] for name, _keys in site.outside.keys]
    return [
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
        *(f"allauth.socialaccount.providers.{name}" for name in networks),
    ]


def signin_settings(site: Site) -> dict[str, Any]:
    """Give the settings of signing in."""
    return {
        "AUTHENTICATION_BACKENDS": [
            "django.contrib.auth.backends.ModelBackend",
            "allauth.account.auth_backends.AuthenticationBackend",
        ],
        "AUTH_PASSWORD_VALIDATORS": _password_rules(),
        "CACHES": {
            "default": {  # one for all processes: else each would count failed tries on its own
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "site_cache",
            }
        },
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "mydata",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "home",
        "ACCOUNT_ADAPTER": "openclout.web.signin.adapter.Accounts",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"],
        "ACCOUNT_FORMS": {"signup": "openclout.web.signin.joining.Joining"},
        "ACCOUNT_SIGNUP_FORM_CLASS": "openclout.web.signin.forms.Consent",
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_CHANGE_EMAIL": True,
        "ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION": True,
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE": True,
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": False,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_RATE_LIMITS": LIMITS,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": site.origin.partition(":")[0],
        "ALLAUTH_TRUSTED_PROXY_COUNT": int(site.production),
        **_networks(site),
    }


def _networks(site: Site) -> dict[str, Any]:
    providers = {}
    for name, keys in site.outside.keys:
        fields = dict(zip(("client_id", "secret", "key"), keys, strict=False))
        scope = {"SCOPE": _SCOPES[name]} if name in _SCOPES else {}
        agent = {"USER_AGENT": f"web:openclout:1 ({site.origin})"} if name == "reddit" else {}
        providers[PROVIDERS[name]] = {"APPS": [fields], **scope, **agent}
    return {
        "SOCIALACCOUNT_PROVIDERS": providers,
        "SOCIALACCOUNT_ADAPTER": "openclout.web.signin.adapter.Networks",
        "SOCIALACCOUNT_FORMS": {"signup": "openclout.web.signin.joining.JoiningByNetwork"},
        "SOCIALACCOUNT_AUTO_SIGNUP": False,  # everybody says that they are of age
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    }


def _password_rules() -> list[dict[str, Any]]:
    at = "django.contrib.auth.password_validation"
    return [
        {"NAME": f"{at}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
        {"NAME": f"{at}.UserAttributeSimilarityValidator"},
        {"NAME": f"{at}.CommonPasswordValidator"},
        {"NAME": f"{at}.NumericPasswordValidator"},
    ]
