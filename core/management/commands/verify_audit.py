from django.core.management.base import BaseCommand, CommandError

from core import audit
from core.models import AuditHead


class Command(BaseCommand):
    help = "Check the audit trail's chain and name every entry that was changed, deleted or swapped."

    def handle(self, *args, **options) -> None:
        faults = list(audit.faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} faults in the audit trail.")
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        self.stdout.write(f"{head.number} entries, unbroken. Last digest: {head.digest}")
