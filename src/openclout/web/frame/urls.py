"""Addresses of the frame."""

from django.urls import include, path

from openclout.web.frame import views

urlpatterns = [
    path("robots.txt", views.robots),
    path("look", views.choose_theme, name="theme"),
    path("", include("django.conf.urls.i18n")),
]
