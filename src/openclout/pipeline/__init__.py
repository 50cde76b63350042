"""The stages: import (collect and convert), measure, score, publish; data flow one way."""
