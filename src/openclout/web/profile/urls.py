"""Addresses of profiles."""

from django.urls import path

from openclout.web.profile import views

urlpatterns = [path("@<slug:slug>", views.profile, name="profile")]
