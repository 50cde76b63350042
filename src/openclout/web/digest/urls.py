"""Addresses of the digest."""

from django.urls import path

from openclout.web.digest import views

urlpatterns = [
    path("my-data/digest", views.choose, name="digest"),
    path("digest/stop/<str:token>", views.stop, name="digest-stop"),
]
