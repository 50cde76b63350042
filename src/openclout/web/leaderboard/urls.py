"""Addresses of leaderboards."""

from django.urls import path

from openclout.web.leaderboard import views

urlpatterns = [
    path("leaderboard/friends/@<slug:slug>", views.friends, name="friends-leaderboard"),
    path("leaderboard", views.leaderboard, name="leaderboard"),
    path("leaderboard.csv", views.as_csv, name="leaderboard-csv"),
    path("leaderboard/network/<str:network>.csv", views.as_csv, name="network-csv"),
    path("leaderboard/network/<str:network>", views.leaderboard, name="network-leaderboard"),
]
