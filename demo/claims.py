"""The invented cast claims its pages, through the function by which every member does.

python -m demo.claims DATA: those who move most people, so that the site has something to show.
"""

import sys
from pathlib import Path

from openclout.cli.reading import open_snapshot
from openclout.settings import read_site
from openclout.web.opening import prepare

CLAIMED = 60
"""How many of the highest claim their page; all others stay unnamed."""


def main(data: Path) -> None:
    """Claim the pages of the highest, all accounts of a joined person for one member."""
    with open_snapshot(data) as snapshot:
        persons = snapshot.top(None, CLAIMED, persons=True)
        people = [snapshot.members(row) if row["level"] == "person" else [row] for row in persons]
    site = read_site(data)
    prepare(site)
    from openclout.web.claims.granting import grant

    for rows in people:
        email = f"{rows[0]['handle'] or rows[0]['account']}@{rows[0]['network']}.example"
        for row in rows:
            name = row["handle"] or row["account"]
            grant(email, row["network"], row["account"], name, "https://proof.example")
    print(f"{len(people)} invented people claimed their page")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
