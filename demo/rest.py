"""GitHub's REST objects, in the shape and order in which a backup keeps them.

The host is invented, so the addresses are those of a GitHub Enterprise server:
`/api/v3` in place of `api.github.com`. https://docs.github.com/en/enterprise-server/rest
"""

from base64 import b64encode
from datetime import datetime
from hashlib import sha1

HOST = "https://github.kettle.example"
API = f"{HOST}/api/v3"
OWNER, NAME = "steep-lab", "kettle-firmware"
REPO = f"{API}/repos/{OWNER}/{NAME}"
PAGE = f"{HOST}/{OWNER}/{NAME}"

Json = dict[str, object]

_SIZE: Json = {
    "draft": False, "additions": 12, "deletions": 4, "changed_files": 2, "commits": 1,
    "review_comments": 0, "comments": 0,
}  # fmt: skip


def make_user(login: str, number: int, sort: str = "User") -> Json:
    """Make a user (`sort`: User, Bot or Organization), as it stands inside other objects."""
    me = f"{API}/users/{login}"
    plain = ("followers", "subscriptions", "orgs", "repos", "received_events")
    urls = {key: f"{me}/{key}" for key in plain}
    bot = sort == "Bot"
    return {
        "login": login,
        "id": number,
        "node_id": node_id(sort, number),
        "avatar_url": f"{HOST}/avatars/{'in' if bot else 'u'}/{number}?",
        "gravatar_id": "",
        "url": me,
        "html_url": f"{HOST}/apps/{login.removesuffix('[bot]')}" if bot else f"{HOST}/{login}",
        "followers_url": urls["followers"],
        "following_url": f"{me}/following%7B/other_user%7D",
        "gists_url": f"{me}/gists%7B/gist_id%7D",
        "starred_url": f"{me}/starred%7B/owner%7D%7B/repo%7D",
        "subscriptions_url": urls["subscriptions"],
        "organizations_url": urls["orgs"],
        "repos_url": urls["repos"],
        "events_url": f"{me}/events%7B/privacy%7D",
        "received_events_url": urls["received_events"],
        "type": sort,
        "site_admin": False,
        "name": None,
        "patch_url": None,
    }


def make_owner() -> Json:
    """Make the organization that the repository belongs to."""
    return make_user(OWNER, 7, "Organization")


def make_issue(number: int, user: Json, title: str, body: str, at: datetime) -> Json:
    """Make an open issue without comments."""
    me = f"{REPO}/issues/{number}"
    return {
        "id": 50_000 + number,
        "node_id": node_id("Issue", 50_000 + number),
        "url": me,
        "repository_url": REPO,
        "labels_url": f"{me}/labels%7B/name%7D",
        "comments_url": f"{me}/comments",
        "events_url": f"{me}/events",
        "html_url": f"{PAGE}/issues/{number}",
        "number": number,
        "state": "open",
        "state_reason": None,
        "title": title,
        "body": body,
        "user": user,
        "labels": [],
        "assignees": [],
        "author_association": "NONE",
        "locked": False,
        "comments": 0,
        "created_at": stamp(at),
        "updated_at": stamp(at),
    }


def make_pull(number: int, user: Json, title: str, body: str, at: datetime) -> Json:
    """Make an open pull without reviews."""
    me, issue = f"{REPO}/pulls/{number}", f"{REPO}/issues/{number}"
    head = digest(f"head {number}")
    return {
        "url": me,
        "id": 50_000 + number,
        "node_id": node_id("PullRequest", 50_000 + number),
        "html_url": f"{PAGE}/pull/{number}",
        "diff_url": f"{PAGE}/pull/{number}.diff",
        "patch_url": f"{PAGE}/pull/{number}.patch",
        "issue_url": issue,
        "commits_url": f"{me}/commits",
        "review_comments_url": f"{me}/comments",
        "review_comment_url": f"{REPO}/pulls/comments%7B/number%7D",
        "comments_url": f"{issue}/comments",
        "statuses_url": f"{REPO}/statuses/{head}",
        "number": number,
        "state": "open",
        "locked": False,
        "maintainer_can_modify": True,
        "title": title,
        "user": user,
        "body": body,
        "labels": [],
        "created_at": stamp(at),
        "updated_at": stamp(at),
        "mergeable_state": "unknown",
        "merged": False,
        "merge_commit_sha": digest(f"merge {number}"),
        "assignees": [],
        "requested_reviewers": [],
        "requested_teams": [],
        "head": _branch(user, f"patch-{number}", head),
        "base": _branch(make_owner(), "main", digest(f"base {number}")),
        "_links": {"self": {"href": me}},
        "author_association": "CONTRIBUTOR",
        **_SIZE,
    }


def make_comment(number: int, page: str, user: Json, body: str, at: datetime) -> Json:
    """Make a comment, a timeline's event "commented"; `page` is its issue's or pull's."""
    return {
        **_event("commented", "IssueComment", number, user, at),
        "url": f"{REPO}/issues/comments/{number}",
        "updated_at": stamp(at),
        "author_association": "CONTRIBUTOR",
        "body": body,
        "user": user,
        "html_url": f"{page}#issuecomment-{number}",
        "issue_url": f"{REPO}/issues/{page.rsplit('/', 1)[1]}",
    }


def make_review(number: int, pull: int, user: Json, body: str, state: str, at: datetime) -> Json:
    """Make a review, a timeline's event "reviewed" (`state`: APPROVED, COMMENTED ...)."""
    return {
        **_event("reviewed", "PullRequestReview", number, None, None),
        "url": None,
        "commit_id": digest(f"head {pull}"),
        "updated_at": stamp(at),
        "author_association": "MEMBER",
        "body": body,
        "user": user,
        "html_url": f"{PAGE}/pull/{pull}#pullrequestreview-{number}",
        "submitted_at": stamp(at),
        "state": state,
        "pull_request_url": f"{REPO}/pulls/{pull}",
    }


def make_line_comment(number: int, review: Json, pull: int, body: str, line: int) -> Json:
    """Make a review's comment on a line of the changes."""
    me, at = f"{REPO}/pulls/comments/{number}", review["submitted_at"]
    page = f"{PAGE}/pull/{pull}#discussion_r{number}"
    return {
        "url": me,
        "pull_request_review_id": review["id"],
        "id": number,
        "node_id": node_id("PullRequestReviewComment", number),
        "diff_hunk": f"@@ -{line},2 +{line},2 @@ void boil()\n-    heat(100);\n+    heat(82);",
        "path": "src/boil.c",
        "position": 3,
        "original_position": 3,
        "commit_id": digest(f"head {pull}"),
        "original_commit_id": digest(f"head {pull}"),
        "in_reply_to_id": None,
        "user": review["user"],
        "body": body,
        "created_at": at,
        "updated_at": at,
        "html_url": page,
        "author_association": "MEMBER",
        "_links": {"self": {"href": me}, "pull_request": {"href": f"{REPO}/pulls/{pull}"}},
        "line": line,
        "original_line": line,
        "side": "RIGHT",
    }


def make_event(kind: str, number: int, user: Json, at: datetime, **more: object) -> Json:
    """Make another event of a timeline: mentioned, subscribed, labeled, closed, merged ..."""
    word = "".join(part.title() for part in kind.split("_")) + "Event"
    return {**_event(kind, word, number, user, at), **more}


def make_commit(pull: int, name: str, login: str, message: str, at: datetime) -> Json:
    """Make a timeline's event "committed", which knows a person by name and address only."""
    sha = digest(f"head {pull}")
    who = {"name": name, "email": f"{login}@users.kettle.example", "date": stamp(at)}
    parent = digest(f"base {pull}")
    return {
        "event": "committed",
        "id": None,
        "node_id": node_id("Commit", pull),
        "url": f"{REPO}/git/commits/{sha}",
        "actor": None,
        "commit_id": None,
        "commit_url": None,
        "created_at": None,
        "html_url": f"{PAGE}/commit/{sha}",
        "tree": {"sha": parent, "url": f"{REPO}/git/trees/{parent}"},
        "verification": {"verified": False, "reason": "unsigned"},
        "parents": [{"url": f"{REPO}/git/commits/{parent}", "sha": parent}],
        "message": message,
        "committer": who,
        "author": who,
        "sha": sha,
    }


def make_label(name: str) -> Json:
    """Make a label as an issue or pull wears it."""
    return {
        "id": len(name) + 900,
        "node_id": node_id("Label", len(name) + 900),
        "url": f"{REPO}/labels/{name.replace(' ', '%20')}",
        "name": name,
        "description": None,
        "color": digest(name)[:6],
        "default": False,
    }


def _event(kind: str, word: str, number: int, user: Json | None, at: datetime | None) -> Json:
    return {
        "event": kind,
        "id": number,
        "node_id": node_id(word, number),
        "url": f"{REPO}/issues/events/{number}",
        "actor": user,
        "commit_id": None,
        "commit_url": None,
        "created_at": stamp(at) if at else None,
    }


def _branch(user: Json, ref: str, sha: str) -> Json:
    repo = {
        "id": 12,
        "node_id": node_id("Repository", 12),
        "name": NAME,
        "full_name": f"{OWNER}/{NAME}",
        "owner": make_owner(),
        "private": False,
        "html_url": PAGE,
        "description": "Firmware that heats water to the degree",
        "fork": False,
        "url": REPO,
        "default_branch": "main",
        "visibility": "public",
    }
    return {"label": f"{user['login']}:{ref}", "ref": ref, "sha": sha, "user": user, "repo": repo}


def node_id(word: str, number: int) -> str:
    """Make a node id in GitHub's older form.

    >>> node_id("User", 19)
    'MDQ6VXNlcjE5'
    """
    return b64encode(f"0{len(word)}:{word}{number}".encode()).decode()


def digest(text: str) -> str:
    """Make up the forty digits of a commit."""
    return sha1(text.encode(), usedforsecurity=False).hexdigest()


def stamp(moment: datetime) -> str:
    """Write a moment as GitHub does: 2026-06-30T08:15:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
