"""The report: one page that needs nothing else, from the snapshot alone.

`page` asks the snapshot and fills `page.html`; `charts` draws with Vega-Lite specifications that
are rendered here, so that the page holds finished SVG; `palette` is where every colour is named
once, for light and for dark.
"""
