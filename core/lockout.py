"""Who has guessed too often: one counter per account, one per address.

An address may stand for a whole building, so it may fail more often than an account. Signing in forgives the
account's own failures alone: a member of staff cannot guess a colleague's password between two sign-ins of their own.
"""

from ipaddress import ip_address

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

ADDRESS_ALLOWANCE = 5  # an address may fail this many times as often as an account


class Handler(AxesDatabaseHandler):
    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Failures that count against the limit of an account, whichever of the two counters is fuller."""
        by_account, by_address = (
            attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(by_account, by_address // ADDRESS_ALLOWANCE)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict | None = None) -> int:
        by_account, _by_address = self.filter_user_attempts(request, credentials)
        return by_account.delete()[0]


def forgive(username: str) -> None:
    """The account's failures no longer count: its owner has proved to be who they are."""
    AccessAttempt.objects.filter(username=username).delete()


def address(request: HttpRequest) -> str | None:
    """Where a request comes from; behind `PROXY_COUNT` proxies, what the outermost of them saw."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.PROXY_COUNT
    seen = hops[-proxies].strip() if 0 < proxies <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(seen))
    except ValueError:  # a Unix socket, or a header that no proxy of ours wrote
        return None


def locked_out(request: HttpRequest, *_args, **_kwargs) -> HttpResponse:
    """Too many wrong passwords for one account or from one address."""
    return render(request, "core/locked_out.html", {"hours": settings.AXES_COOLOFF_TIME}, status=429)
