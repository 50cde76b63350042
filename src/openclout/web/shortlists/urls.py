"""Addresses of shortlists."""

from django.urls import path

from openclout.web.shortlists import views

urlpatterns = [
    path("shortlists", views.shortlists, name="shortlists"),
    path("shortlists/<int:number>.csv", views.as_csv, name="shortlist-csv"),
    path("shortlists/<int:number>.html", views.as_page, name="shortlist-page"),
    path("shortlists/<int:number>", views.shortlist, name="shortlist"),
    path("shortlists/<int:number>/add", views.add, name="shortlist-add"),
    path("shortlists/<int:number>/delete", views.delete, name="shortlist-delete"),
    path("shortlists/<int:number>/<int:entry>", views.note, name="shortlist-note"),
]
