"""Addresses of the first page."""

from django.urls import path

from openclout.web.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
]
