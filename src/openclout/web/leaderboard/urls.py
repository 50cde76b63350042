"""Addresses of leaderboards."""

from django.urls import path

from openclout.web.leaderboard import views

urlpatterns = [
    path("leaderboard", views.leaderboard, name="leaderboard"),
    path("leaderboard/network/<str:network>", views.leaderboard, name="network-leaderboard"),
]
