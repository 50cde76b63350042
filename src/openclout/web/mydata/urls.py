"""Addresses of My data."""

from django.urls import path

from openclout.web.mydata import leaving, requests, views

urlpatterns = [
    path("my-data", views.mydata, name="mydata"),
    path("my-data/visibility", views.visibility, name="mydata-visibility"),
    path("my-data/withdraw", views.give_up, name="mydata-withdraw"),
    path("my-data/topics", views.topics, name="mydata-topics"),
    path("my-data/download", views.download, name="mydata-download"),
    path("my-data/dispute", views.dispute, name="mydata-dispute"),
    path("my-data/object", views.object_, name="mydata-object"),
    path("my-data/erase", views.erase, name="mydata-erase"),
    path("gone", views.gone, name="gone"),
    path("leave", leaving.leave, name="leave"),
    path("leave/ask", leaving.ask, name="leave-ask"),
    path("requests", requests.requests, name="requests"),
    path("requests/<int:key>", requests.answer, name="answer"),
]
