"""The look of the site: base page, style, languages, day and night, safe headers."""
