from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock, links
from units import actions
from units.models import Office


class Command(BaseCommand):
    help = "Make an account of the Department and print the one-time link that sets its password: a portal's first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("email")
        parser.add_argument("full_name", metavar='"Full name"')
        parser.add_argument("--head", action="store_true", help="as head of the Department, who appoints the others")

    def handle(self, *, username: str, email: str, full_name: str, head: bool, **options) -> None:
        role = Office.Role.DEPARTMENT_HEAD if head else Office.Role.DEPARTMENT_OFFICER
        try:
            user = actions.welcome(
                actor=None,
                username=username,
                email=email,
                full_name=full_name,
                role=role,
                starts=clock.today(),
            )
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from None
        self.stdout.write(links.one_time_link(user))
