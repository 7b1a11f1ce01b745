from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from congress.models import Congress
from core.models import User
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
        if not options["force"] and User.objects.exclude(email__endswith=f"@{DOMAIN}").exists():
            raise CommandError(
                "This database holds real accounts; a demonstration would mix invented people among them. "
                "Use an empty database, or --force if you are sure."
            )
        if not Congress.objects.exists():
            call_command("load_plan", verbosity=0)
        congress = Congress.objects.get(is_current=True)
        day = stages.carry_to(options["stage"], congress)
        self.stdout.write(f"Stage {options['stage']}: the rehearsal's day is {day:%d/%m/%Y}.")
