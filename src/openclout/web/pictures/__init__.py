"""Pictures of a claimed profile for other places: badge, card, OpenGraph image."""
