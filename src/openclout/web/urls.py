"""All addresses of the site, feature by feature."""

from django.urls import include, path

urlpatterns = [
    path("", include("openclout.web.frame.urls")),
    path("", include("openclout.web.home.urls")),
    path("", include("openclout.web.leaderboard.urls")),
    path("", include("openclout.web.profile.urls")),
]
handler404 = "openclout.web.frame.views.not_found"
