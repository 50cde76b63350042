"""The charts: each module makes one Vega-Lite specification out of numbers; `canvas` draws it."""
