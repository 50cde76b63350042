"""The site: Django, one folder per feature. It computes no score; it reads what was published.

Below the features lie `frame` (the look), `published` (the snapshot's tables in the site's
database), `erasure` (who leaves is gone), `proof` (what strangers name is fetched behind a guard),
`claims` (who says that an account is theirs) and `members` (who signed up). Features
do not know each other; `urls` and `configuration` put them together.
"""
