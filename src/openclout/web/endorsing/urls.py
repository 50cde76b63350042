"""Addresses of +K."""

from django.urls import path

from openclout.web.endorsing import views

urlpatterns = [
    path("@<slug:slug>/k", views.endorse, name="endorse"),
    path("k", views.mine, name="endorsements"),
    path("k/<int:number>/undo", views.undo, name="endorsement-undo"),
]
