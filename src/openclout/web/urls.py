"""All addresses of the site, feature by feature."""

from django.urls import include, path

from openclout.web.desk.site import desk
from openclout.web.v1 import api, documentation

urlpatterns = [
    path("api", documentation, name="api"),
    path("api/v1/", api.urls),
    path("desk/", desk.urls),
    path("", include("openclout.web.frame.urls")),
    path("", include("openclout.web.home.urls")),
    path("", include("openclout.web.leaderboard.urls")),
    path("", include("openclout.web.profile.urls")),
    path("", include("openclout.web.compare.urls")),
    path("", include("openclout.web.topics.urls")),
    path("", include("openclout.web.moments.urls")),
    path("", include("openclout.web.pictures.urls")),
    path("", include("openclout.web.klout.urls")),
    path("", include("openclout.web.endorsing.urls")),
    path("", include("openclout.web.perks.urls")),
    path("", include("openclout.web.webhooks.urls")),
    path("", include("openclout.web.shortlists.urls")),
    path("", include("openclout.web.invitations.urls")),
    path("", include("openclout.web.signin.urls")),
    path("", include("openclout.web.connect.urls")),
    path("", include("openclout.web.mydata.urls")),
    path("", include("openclout.web.digest.urls")),
    path("", include("openclout.web.notes.urls")),
]
handler404 = "openclout.web.frame.views.not_found"
