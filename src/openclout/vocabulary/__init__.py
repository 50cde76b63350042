"""The words of the field, standard library only: what every other room speaks in."""
