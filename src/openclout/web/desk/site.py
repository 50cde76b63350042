"""Django's admin, tamed: one entrance, no passwords, nothing that is not for the operator."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse
from django.utils.translation import gettext_lazy as _

_NOT_HERE = ("password_change", "password_change_done", "view_on_site")


_PAGES: tuple[tuple[Any, tuple[tuple[str, Any], ...]], ...] = (
    (_("Runs and sources"), (("Run", _("Runs")), ("Source", _("Sources")),
                             ("Switches", _("Model and time of day")))),
    (_("People"), (("Member", _("Members")), ("Claim", _("Claimed accounts")),
                   ("Endorsement", "+K"), ("Perk", _("Perks")))),
    (_("Programs and log"), (("ApiKey", _("Keys")), ("Webhook", _("Webhooks")),
                             ("AuditEntry", _("Audit log")))),
)  # fmt: skip
"""The desk's pages by what they are for; each by the name of its model."""


class OperatorSite(AdminSite):
    """The desk: whoever signs in does so where all members do; the rest are turned away."""

    site_header = _("OpenClout: the operator’s desk")
    site_title = "OpenClout"
    index_title = _("Today")
    index_template = "desk/index.html"
    enable_nav_sidebar = False

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send visitors to the site's own sign-in, which slows down who guesses."""
        try:
            page = reverse(str(settings.LOGIN_URL))
        except NoReverseMatch:  # a site without sign-in of its own
            return super().login(request, extra_context)
        if request.user.is_authenticated:
            return HttpResponseForbidden(_("This is the operator’s."))
        return redirect_to_login(request.GET.get("next", reverse("admin:index")), page)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Leave out what members have elsewhere."""
        return [
            url for url in super().get_urls()
            if not (isinstance(url, URLPattern) and url.name in _NOT_HERE)
        ]  # fmt: skip

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Give the pages by what they are for, not by the folder in which they are written."""
        found: list[Any] = super().get_app_list(request, app_label)
        if app_label:
            return found
        pages = {page["object_name"]: page for app in found for page in app["models"]}
        return [
            {"name": name, "app_label": "desk", "app_url": "", "has_module_perms": True,
             "models": [{**pages[page], "name": said} for page, said in wanted if page in pages]}
            for name, wanted in _PAGES
        ]  # fmt: skip

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show what waits for the operator, and the last runs."""
        from openclout.web.desk.waiting import read_desk

        return super().index(request, {**(extra_context or {}), "today": read_desk()})


desk = OperatorSite()
