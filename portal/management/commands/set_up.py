from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from congress.models import Congress
from core import jobs
from core.models import User
from portal.demo import stages
from portal.demo.accounts import ACCOUNTS, PASSWORD

FIRST_ACCOUNT = """\
Nobody has an account yet. Make the first one:
  .venv/bin/python manage.py make_officer USERNAME EMAIL "FULL NAME" --head"""


class Command(BaseCommand):
    help = (
        "Bring the database up to date, load the letter's plan and, if asked for, a demonstration; queue again what a "
        "stopped worker left half done. Safe to repeat."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--demo", choices=stages.NAMES, help="load invented people up to this stage")

    def handle(self, *args, **options) -> None:
        if pending():
            call_command("migrate", verbosity=0, interactive=False)
        if not Congress.objects.exists():
            call_command("load_plan", verbosity=0)
        if options["demo"] and not User.objects.exists():
            call_command("load_demo", stage=options["demo"])
        jobs.take_up()
        if stages.loaded():
            self.tell_sign_ins()
        elif not User.objects.exists():
            self.stdout.write(FIRST_ACCOUNT)

    def tell_sign_ins(self) -> None:
        self.stdout.write(f"Demonstration sign-ins at {settings.PORTAL_ADDRESS}, password {PASSWORD}:")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.username:12} {account.full_name:20} {account.role}")


def pending() -> bool:
    """Whether the database is behind the source; asking is quicker than migrating in vain."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
