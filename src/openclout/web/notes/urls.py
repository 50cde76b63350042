"""Addresses of the notes."""

from django.urls import path

from openclout.web.notes import views

urlpatterns = [
    path("privacy", views.privacy, name="privacy"),
    path("automation", views.automation, name="automation"),
    path("terms", views.terms, name="terms"),
]
