from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from congress.models import Congress
from core.models import User
from core.refusal import Refused
from core.versions import Stale
from delegates.actions import SeatFaults
from portal.demo import stages
from portal.demo.accounts import DOMAIN


class Command(BaseCommand):
    help = (
        "Add invented people and carry the plan to a stage: spring (conferences held, registration open), council "
        "(short list ready) or eve (four reports chosen, about 400 delegates). Sets the rehearsal's day."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--stage", choices=stages.NAMES, default="spring")
        parser.add_argument("--force", action="store_true", help="also on a database that holds real accounts")

    def handle(self, *args, **options) -> None:
        if settings.PORTAL_TODAY:
            raise CommandError("PORTAL_TODAY holds the day, and a demonstration sets it: call it without PORTAL_TODAY.")
        if not options["force"] and (reason := why_not_here()):
            raise CommandError(f"{reason} Use an empty database of its own, or --force if you are sure.")
        if not Congress.objects.exists():
            call_command("load_plan", verbosity=0)
        congress = Congress.objects.get(is_current=True)
        try:
            day = stages.carry_to(options["stage"], congress)
        except (Refused, Stale, ValidationError, SeatFaults) as fault:
            raise CommandError(
                f"This database has gone another way than the demonstration; nothing was added. {fault!r}"
            ) from fault
        self.stdout.write(f"Stage {options['stage']}: the rehearsal's day is {day:%d/%m/%Y}.")


def why_not_here() -> str | None:
    """Why invented people, whose password everybody knows, do not belong into this database."""
    if settings.PRODUCTION:
        return "This portal is in production; everybody knows the password of the invented accounts."
    if User.objects.exclude(email__endswith=f"@{DOMAIN}").exists():
        return "This database holds real accounts; a demonstration would mix invented people among them."
    return None
