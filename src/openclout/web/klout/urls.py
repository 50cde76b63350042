"""Klout's addresses."""

from django.urls import path

from openclout.web.klout import views

urlpatterns = [
    path("v2/identity.json/klout/<str:klout_id>/<str:network>", views.identity_on_network),
    path("v2/identity.json/<str:network>", views.identity_by_name),
    path("v2/identity.json/<str:network>/<str:account>", views.identity_by_account),
    path("v2/user.json/<str:klout_id>", views.user),
    path("v2/user.json/<str:klout_id>/score", views.score),
    path("v2/user.json/<str:klout_id>/topics", views.topics),
    path("v2/user.json/<str:klout_id>/influence", views.influence),
]
