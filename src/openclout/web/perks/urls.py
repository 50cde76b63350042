"""Addresses of perks."""

from django.urls import path

from openclout.web.perks import offering, views

urlpatterns = [
    path("perks", views.perks, name="perks"),
    path("perks/where", views.say_where, name="perk-where"),
    path("perks/<int:number>", views.perk, name="perk"),
    path("perks/<int:number>/claim", views.claim, name="perk-claim"),
    path("perks/<int:number>/withdraw", views.withdraw, name="perk-withdraw"),
    path("offers", offering.offers, name="offers"),
    path("offers/new", offering.write, name="offer-new"),
    path("offers/<int:number>", offering.write, name="offer"),
    path("offers/<int:number>/redeem", offering.redeem, name="offer-redeem"),
    path("offers/<int:number>/close", offering.close, name="offer-close"),
]
