"""From a form to another site: over a page that says where it goes.

Forms may only be sent to ourselves (Content-Security-Policy, form-action), and browsers hold that
against redirects too. So what answers a form with a redirect to elsewhere becomes a page that goes
on by itself.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Reply = Callable[[HttpRequest], HttpResponse]


class Leaving:
    """Middleware: a page between a form and another site."""

    def __init__(self, reply: Reply) -> None:
        """`reply` answers the request."""
        self.reply = reply

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; a form's redirect to another host over HTTP becomes the page."""
        response = self.reply(request)
        if request.method != "POST" or response.status_code not in (301, 302, 303):
            return response
        target = urlsplit(response["Location"])
        if target.scheme not in ("https", "http") or target.netloc == request.get_host():
            return response
        content = {"target": response["Location"], "host": target.netloc}
        return render(request, "account/leaving.html", content)
