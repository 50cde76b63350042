"""Addresses of signing up and in, which allauth answers."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.urls"))]
