from django.core.management.base import BaseCommand, CommandError

from awards import invariants as awards
from congress import invariants as conferences
from congress.models import Congress
from core import audit
from delegates import invariants as delegates
from units import invariants as units


class Command(BaseCommand):
    help = "Count again, over the live data, what must always hold; name every fault."

    def handle(self, *args, **options) -> None:
        faults = list(audit.faults()) + units.faults()
        for congress in Congress.objects.all():
            faults += conferences.faults(congress) + delegates.faults(congress) + awards.faults(congress)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults.")
        self.stdout.write("0 faults.")
