"""The pages of the desk. Every change is written into the audit log, which nobody can change."""

import json
from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openclout.web.claims.claim import withdraw
from openclout.web.claims.models import Claim
from openclout.web.desk.forms import RunForm, SourceForm, SwitchesForm
from openclout.web.desk.models import OPEN, AuditEntry, Run, Source, State, Switches
from openclout.web.desk.running import switches
from openclout.web.desk.site import desk
from openclout.web.endorsing.models import Endorsement
from openclout.web.interface.models import ApiKey
from openclout.web.members.models import Member
from openclout.web.members.roles import ORGANISERS
from openclout.web.perks.models import Perk
from openclout.web.perks.models import State as Offered
from openclout.web.webhooks.models import Webhook

Rows = QuerySet[Any]


class Page(admin.ModelAdmin):  # type: ignore[type-arg]
    """A page of the desk on which things are neither made nor deleted, unless it says so."""

    list_per_page = 50
    show_full_result_count = False
    makes = False
    deletes = False

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        """Only where the page makes things."""
        return self.makes and super().has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only where the page deletes things."""
        return self.deletes and super().has_delete_permission(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **named: Any
    ) -> Any:
        """One button keeps what was changed."""
        shown = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, {**context, **shown}, *args, **named)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        """Write down what was made."""
        return _log(request, obj, ADDITION, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        """Write down what was changed."""
        return _log(request, obj, CHANGE, message)

    def note(self, request: HttpRequest, rows: Rows, said: str) -> None:
        """Write an action on some rows into the audit log."""
        for row in rows:
            self.log_change(request, row, said)


def _log(request: HttpRequest, row: Model, flag: int, said: Any) -> LogEntry:
    """Write into the audit log, things by their numbers: a name would outlive who leaves."""
    return LogEntry.objects.create(
        user_id=int(request.user.pk or 0),
        content_type=ContentType.objects.get_for_model(row, for_concrete_model=False),
        object_id=str(row.pk),
        object_repr=f"#{row.pk}",
        action_flag=flag,
        change_message=said if isinstance(said, str) else json.dumps(said),
    )


@admin.register(Run, site=desk)
class Runs(Page):
    """Runs with what they say; a new one is queued."""

    form = RunForm
    change_form_template = "desk/run.html"
    list_display = ("__str__", "state", "imports", "model", "window", "by", "started", "finished")
    list_filter = ("state",)
    actions = ("stop",)
    makes = True

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nothing of a run is changed afterwards."""
        return ("imports", "model", "window") if obj else ()

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Newest first."""
        return super().get_queryset(request).select_related("by").order_by("-id")

    def get_changeform_initial_data(self, _request: HttpRequest) -> dict[str, str | list[str]]:
        """Begin with the switches."""
        wanted = switches()
        return {"model": wanted.model, "window": wanted.window}

    def save_model(self, request: HttpRequest, obj: Run, form: Any, change: bool) -> None:
        """Queue it in the operator's name."""
        if not change:
            obj.by_id = request.user.pk
            super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("Stop"), permissions=["change"])
    def stop(self, request: HttpRequest, rows: Rows) -> None:
        """Stop runs: one that is queued at once, one that goes on within a second."""
        found = list(rows.filter(state__in=OPEN))
        numbers = [run.pk for run in found]
        now = datetime.now(UTC)
        Run.objects.filter(pk__in=numbers, state=State.QUEUED).update(
            state=State.STOPPED, finished=now
        )
        Run.objects.filter(pk__in=numbers, state=State.RUNNING).update(state=State.STOPPING)
        self.note(request, found, "stopped")  # type: ignore[arg-type]


@admin.register(Source, site=desk)
class Sources(Page):
    """Files and folders that runs import."""

    form = SourceForm
    list_display = ("path", "format", "network", "enabled")
    makes = deletes = True


@admin.register(Switches, site=desk)
class SwitchesPage(Page):
    """The one row of switches."""

    form = SwitchesForm
    list_display = ("__str__", "model", "window", "hour")

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Make the row where nobody has yet."""
        switches()
        return super().get_queryset(request)


@admin.register(Perk, site=desk)
class Perks(Page):
    """Offers: looked at before anybody sees them."""

    list_display = ("title", "topic", "state", "organiser", "quota", "starts", "ends")
    list_filter = ("state",)
    search_fields = ("title", "topic")
    list_select_related = ("organiser",)
    fields = ("state", "reason", "title", "text", "topic", "minimum_score", "minimum_percentile",
              "regions", "quota", "starts", "ends", "organiser")  # fmt: skip
    readonly_fields = fields[2:]
    actions = ("approve", "refuse")

    @admin.action(description=gettext_lazy("Approve"), permissions=["change"])
    def approve(self, request: HttpRequest, rows: Rows) -> None:
        """Show offers that were handed in."""
        self._decide(request, rows, Offered.APPROVED)

    @admin.action(description=gettext_lazy("Refuse"), permissions=["change"])
    def refuse(self, request: HttpRequest, rows: Rows) -> None:
        """Hand offers back; the reason is written on the offer's own page."""
        self._decide(request, rows, Offered.REFUSED)

    def _decide(self, request: HttpRequest, rows: Rows, state: Offered) -> None:
        found = list(rows.filter(state=Offered.SUBMITTED))
        Perk.objects.filter(pk__in=[row.pk for row in found]).update(state=state)
        self.note(request, found, str(state))  # type: ignore[arg-type]


@admin.register(Endorsement, site=desk)
class Endorsements(Page):
    """+K: who gave whom what; removed ones are out of the next score."""

    list_display = ("topic", "giver", "receiver", "created", "removed")
    list_filter = (("removed", admin.EmptyFieldListFilter), "created")
    search_fields = ("topic", "giver__email", "receiver__email")
    list_select_related = ("giver", "receiver")
    readonly_fields = ("giver", "receiver", "claim", "topic", "week", "created", "removed")
    ordering = ("-created",)
    actions = ("remove", "restore")

    @admin.action(description=gettext_lazy("Remove"), permissions=["change"])
    def remove(self, request: HttpRequest, rows: Rows) -> None:
        """Take +K out; they cannot be given again that week."""
        found = list(rows.filter(removed=None))
        rows.filter(removed=None).update(removed=datetime.now(UTC))
        self.note(request, found, "removed")  # type: ignore[arg-type]

    @admin.action(description=gettext_lazy("Restore"), permissions=["change"])
    def restore(self, request: HttpRequest, rows: Rows) -> None:
        """Let removed +K count again."""
        found = list(rows.exclude(removed=None))
        rows.update(removed=None)
        self.note(request, found, "restored")  # type: ignore[arg-type]


@admin.register(Member, site=desk)
class Members(Page):
    """Members: who may organise or operate, who is locked out. Nobody's password is seen or set."""

    list_display = ("email", "date_joined", "last_login", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("email",)
    fields = ("email", "is_active", "groups", "is_staff", "is_superuser", "date_joined",
              "last_login")  # fmt: skip
    readonly_fields = ("email", "date_joined", "last_login")
    ordering = ("-date_joined",)
    actions = ("make_organiser", "lock_out")

    @admin.action(description=gettext_lazy("Make organisers"), permissions=["change"])
    def make_organiser(self, request: HttpRequest, rows: Rows) -> None:
        """Let members offer perks and keep shortlists."""
        group, _made = Group.objects.get_or_create(name=ORGANISERS)
        group.user_set.add(*rows)
        self.note(request, rows, "organiser")

    @admin.action(description=gettext_lazy("Lock out"), permissions=["change"])
    def lock_out(self, request: HttpRequest, rows: Rows) -> None:
        """Keep members from signing in; what is theirs stays theirs."""
        found = list(rows.exclude(pk=request.user.pk))
        Member.objects.filter(pk__in=[row.pk for row in found]).update(is_active=False)
        self.note(request, found, "locked out")  # type: ignore[arg-type]


@admin.register(Claim, site=desk)
class Claims(Page):
    """Claimed accounts; a wrong claim is withdrawn, which closes its page."""

    list_display = ("slug", "network", "account", "member", "visibility", "created")
    list_filter = ("visibility", "network")
    search_fields = ("slug", "account", "member__email")
    list_select_related = ("member",)
    readonly_fields = ("member", "network", "account", "slug", "visibility", "proof", "created")
    actions = ("withdraw_claims",)

    @admin.action(description=gettext_lazy("Withdraw"), permissions=["change"])
    def withdraw_claims(self, request: HttpRequest, rows: Rows) -> None:
        """Withdraw claims."""
        self.note(request, rows, "withdrawn")
        for row in rows:
            withdraw(row)


@admin.register(ApiKey, site=desk)
class Keys(Page):
    """Keys to the interface: what they may do and how much a day; none can be read."""

    list_display = ("name", "member", "scopes", "per_day", "created", "revoked")
    list_select_related = ("member",)
    search_fields = ("name", "member__email")
    fields = ("name", "member", "scopes", "per_day", "created", "revoked")
    readonly_fields = ("name", "member", "created", "revoked")
    actions = ("revoke",)

    @admin.action(description=gettext_lazy("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, rows: Rows) -> None:
        """Revoke keys; within seconds they open nothing."""
        found = list(rows.filter(revoked=None))
        rows.filter(revoked=None).update(revoked=datetime.now(UTC))
        self.note(request, found, "revoked")  # type: ignore[arg-type]


@admin.register(Webhook, site=desk)
class Webhooks(Page):
    """Webhooks; their secrets are their members' alone."""

    list_display = ("url", "member", "created", "failed", "stopped")
    list_select_related = ("member",)
    fields = readonly_fields = ("url", "member", "created", "failed", "stopped")
    actions = ("stop",)

    @admin.action(description=gettext_lazy("Stop"), permissions=["change"])
    def stop(self, request: HttpRequest, rows: Rows) -> None:
        """Send nothing more to them."""
        found = list(rows.filter(stopped=None))
        rows.filter(stopped=None).update(stopped=datetime.now(UTC))
        self.note(request, found, "stopped")  # type: ignore[arg-type]


@admin.register(AuditEntry, site=desk)
class AuditLog(Page):
    """What operators did, for reading."""

    list_display = ("action_time", "user", "content_type", "object_repr", "said")
    list_select_related = ("user", "content_type")
    list_filter = ("action_time", "content_type")
    search_fields = ("object_repr", "user__email")
    readonly_fields = ("action_time", "user", "content_type", "object_id", "object_repr", "said")
    fields = readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        """Nobody changes what was done."""
        return False

    @admin.display(description=gettext_lazy("what"))
    def said(self, entry: AuditEntry) -> str:
        """Tell what was done."""
        return entry.get_change_message() or _("made")
