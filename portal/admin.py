"""Accounts, the audit trail, letters and jobs, to be read by the Department. Each is written elsewhere, by its acts."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from core import audit
from core.models import AuditEntry, Job, Mail, User
from core.templatetags.ui import moment
from core.vietnamese import fold
from units.admin import DepartmentAdmin


@admin.register(User)
class UserAdmin(DepartmentAdmin):
    """Offices, links and closing stand on the account's own page."""

    list_display = ["full_name", "username", "email", "phone", "is_active", "last_login", "own_page"]
    list_filter = ["is_active"]
    search_fields = ["folded", "username", "email"]
    fields = ["full_name", "username", "email", "phone", "language", "is_active", "last_login"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=_("Its page"))
    def own_page(self, user: User) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.view_on_site(user), _("Offices and sign-in"))

    def view_on_site(self, obj: User) -> str:
        return reverse("units:person", args=[obj.pk])


@admin.register(AuditEntry)
class AuditEntryAdmin(DepartmentAdmin):
    """Who did what to which thing, newest first."""

    with_history = False
    list_display = ["place", "when", "sentence", "thing", "who", "why"]
    list_display_links = ["place", "sentence"]
    fields = ["place", "when", "sentence", "thing", "who", "why", "changes", "more", "object", "request", "seal"]
    search_fields = ["object_label", "actor_label", "verb"]
    search_help_text = _("What was done, to what, or by whom")
    list_per_page = 50
    show_full_result_count = False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Acts are told in words that the trail does not hold: they are looked for among the verbs."""
        found, several = super().get_search_results(request, queryset, search_term)
        return found | queryset.filter(verb__in=audit.verbs_saying(search_term)), several

    def heading(self, obj: AuditEntry) -> str:
        return f"{audit.in_words(obj.verb)}: {obj.object_label}"

    @admin.display(description=_("No."), ordering="number")
    def place(self, entry: AuditEntry) -> int:
        return entry.number

    @admin.display(description=_("When"))
    def when(self, entry: AuditEntry) -> str:
        return moment(entry.at)

    @admin.display(description=_("What was done"))
    def sentence(self, entry: AuditEntry) -> str:
        return audit.in_words(entry.verb)

    @admin.display(description=_("To what"))
    def thing(self, entry: AuditEntry) -> str:
        return entry.object_label

    @admin.display(description=_("By whom"))
    def who(self, entry: AuditEntry) -> str:
        return entry.actor_label

    @admin.display(description=_("Reason"))
    def why(self, entry: AuditEntry) -> str:
        return entry.reason

    @admin.display(description=_("What changed"))
    def changes(self, entry: AuditEntry) -> str:
        changed = entry.details.get("changes", {})
        return _lines(f"{name}: {before or '–'} → {after or '–'}" for name, (before, after) in changed.items())

    @admin.display(description=_("Details"))
    def more(self, entry: AuditEntry) -> str:
        return _lines(f"{name}: {value}" for name, value in entry.details.items() if name != "changes")

    @admin.display(description=_("Kept as"))
    def object(self, entry: AuditEntry) -> str:
        return f"{entry.verb} {entry.object_type} {entry.object_id}"

    @admin.display(description=_("Number of the request"))
    def request(self, entry: AuditEntry) -> str:
        return entry.request_id

    @admin.display(description=_("Seal of the entry"))
    def seal(self, entry: AuditEntry) -> str:
        return entry.digest


def _lines(lines: Iterable[str]) -> str:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


@admin.register(Mail)
class MailAdmin(DepartmentAdmin):
    """What was sent to whom. A letter is sent again from the outbox."""

    with_history = False
    list_display = ["subject", "to", "state", "written", "sent"]
    list_filter = ["state"]
    search_fields = ["subject", "to"]
    fields = ["subject", "to", "recipient", "state", "written", "sent", "tries", "fault", "body"]
    list_per_page = 50

    @admin.display(description=_("Written"), ordering="created_at")
    def written(self, mail: Mail) -> str:
        return moment(mail.created_at)

    @admin.display(description=_("Sent at"), ordering="sent_at")
    def sent(self, mail: Mail) -> str:
        return moment(mail.sent_at)

    @admin.display(description=_("Attempts"))
    def tries(self, mail: Mail) -> int:
        return mail.attempts

    @admin.display(description=_("What went wrong"))
    def fault(self, mail: Mail) -> str:
        return mail.error

    def view_on_site(self, obj: Mail) -> str:
        return reverse("portal:outbox")


@admin.register(Job)
class JobAdmin(DepartmentAdmin):
    """What the worker has done and has still to do. Files are for whoever asked for them, on the job's own page."""

    with_history = False
    list_display = ["what", "who", "stands", "asked", "ended"]
    list_select_related = ["actor"]
    fields = ["what", "who", "stands", "asked", "ended", "fault"]
    search_fields = ["title"]
    list_per_page = 50

    @admin.display(description=_("What"))
    def what(self, job: Job) -> str:
        return job.title

    @admin.display(description=_("By whom"))
    def who(self, job: Job) -> str:
        return str(job.actor)

    @admin.display(description=_("State"), ordering="state")
    def stands(self, job: Job) -> str:
        return job.get_state_display()

    @admin.display(description=_("Asked for"), ordering="created_at")
    def asked(self, job: Job) -> str:
        return moment(job.created_at)

    @admin.display(description=_("Ended at"), ordering="ended_at")
    def ended(self, job: Job) -> str:
        return moment(job.ended_at)

    @admin.display(description=_("What went wrong"))
    def fault(self, job: Job) -> str:
        return job.reason
