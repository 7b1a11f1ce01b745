from django.core.management.base import BaseCommand

from congress import actions
from congress.models import Congress
from core import mornings


class Command(BaseCommand):
    help = (
        "Remind whoever owes something, and take away what was kept for a while: run it every morning. "
        "Run twice it reminds once."
    )

    def handle(self, *args, **options) -> None:
        letters = sum(
            actions.send_reminders(actor=None, congress=congress)
            for congress in Congress.objects.filter(is_current=True)
        )
        mornings.sweep()
        self.stdout.write(f"{letters} reminders in the outbox.")
