"""Addresses of connecting."""

from django.urls import path

from openclout.web.connect import views

urlpatterns = [
    path("networks", views.connect, name="connect"),
    path("networks/bio", views.bio, name="connect-bio"),
    path("networks/website", views.website, name="connect-website"),
    path("networks/handle", views.handle, name="connect-handle"),
    path("networks/mastodon", views.mastodon_start, name="mastodon"),
    path("networks/mastodon/back", views.mastodon_callback, name="mastodon-callback"),
    path("networks/bluesky", views.bluesky_start, name="bluesky"),
    path("networks/bluesky/back", views.bluesky_callback, name="bluesky-callback"),
    path("networks/bluesky/client.json", views.bluesky_client, name="bluesky-client"),
    path("me/<slug:code>", views.me, name="me"),
]
