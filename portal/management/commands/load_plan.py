from django.core.management.base import BaseCommand

from congress.imports import load_awards, load_letter
from delegates.imports import load_categories, load_ethnic_groups
from units.imports import load_catalogue


class Command(BaseCommand):
    help = "Load the letter's plan: units, blocks, catalogues, the congress and its ten conferences. Safe to repeat."

    def handle(self, *args, **options) -> None:
        load_catalogue()
        load_awards()
        load_ethnic_groups()
        congress = load_letter()
        load_categories(congress)
        if options["verbosity"]:
            self.stdout.write(
                f"{congress}: {congress.conferences.count()} conferences, {congress.tasks.count()} tasks."
            )
