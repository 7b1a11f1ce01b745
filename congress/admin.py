"""The Department's catalogues of a congress, written through `actions`; the congress itself is changed on its page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from congress import actions
from congress.models import AwardType, Congress, LegalBasis, Movement, Phase
from units.admin import CatalogueForm, DepartmentAdmin, SearchedWithoutMarks, WrittenByTheDepartment


class CatalogueOfACongressForm(CatalogueForm):
    """A row of one congress, which is looked at too where something may stand in it but once."""

    class Meta:
        labels = {"congress": _("Congress")}

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"congress"}


class CongressFilter(admin.RelatedFieldListFilter):
    """Offered as soon as there is more than one edition."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("Congress")


class CatalogueOfACongress(WrittenByTheDepartment):
    """Rows that stay with the congress that they were added to."""

    form = CatalogueOfACongressForm
    list_filter = [("congress", CongressFilter)]
    list_select_related = ["congress"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["congress"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"congress": Congress.objects.filter(is_current=True).first()}


@admin.register(AwardType)
class AwardTypeAdmin(SearchedWithoutMarks, WrittenByTheDepartment):
    list_display = ["name_vi", "abbreviation", "level", "kind", "given_to", "valid_from", "valid_to", "order"]
    list_filter = ["level", "kind", "given_to"]
    search_fields = ["name_vi", "name_en", "code", "abbreviation"]
    fields = [
        "code", "name_vi", "name_en", "abbreviation", "group", "level", "given_to", "kind", "decided_by", "order",
        "valid_from", "valid_to", "note",
    ]  # fmt: skip

    def add(self, request: HttpRequest, values: dict[str, Any]) -> AwardType:
        return actions.add_award(actor=request.user, **values)

    def change(self, request: HttpRequest, obj: AwardType, values: dict[str, Any]) -> None:
        actions.edit_award(actor=request.user, award=obj, **values)


@admin.register(LegalBasis)
class LegalBasisAdmin(CatalogueOfACongress):
    list_display = ["number", "dated", "issuer", "title", "is_letter", "order"]
    fields = ["congress", "number", "dated", "issuer", "title", "signer", "is_letter", "order"]

    def add(self, request: HttpRequest, values: dict[str, Any]) -> LegalBasis:
        return actions.add_legal_basis(actor=request.user, **values)

    def change(self, request: HttpRequest, obj: LegalBasis, values: dict[str, Any]) -> None:
        actions.edit_legal_basis(actor=request.user, basis=obj, **values)


@admin.register(Movement)
class MovementAdmin(CatalogueOfACongress):
    list_display = ["name_vi", "name_en", "order"]
    fields = ["congress", "name_vi", "name_en", "order"]

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Movement:
        return actions.add_movement(actor=request.user, **values)

    def change(self, request: HttpRequest, obj: Movement, values: dict[str, Any]) -> None:
        actions.edit_movement(actor=request.user, movement=obj, **values)


@admin.register(Phase)
class PhaseAdmin(CatalogueOfACongress):
    list_display = ["name_vi", "code", "order"]
    fields = ["congress", "code", "name_vi", "name_en", "order"]

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Phase:
        return actions.add_phase(actor=request.user, **values)

    def change(self, request: HttpRequest, obj: Phase, values: dict[str, Any]) -> None:
        actions.edit_phase(actor=request.user, phase=obj, **values)


@admin.register(Congress)
class CongressAdmin(DepartmentAdmin):
    """Read here; its facts are changed on its own page, which knows when two people edit at once."""

    list_display = ["name_vi", "slug", "period", "held_on", "is_current"]
    fields = ["name_vi", "name_en", "slug", "period", "held_on", "venue", "delegates_target", "is_current"]

    @admin.display(description=_("Period"), ordering="period_from")
    def period(self, congress: Congress) -> str:
        return f"{congress.period_from}–{congress.period_to}"

    def view_on_site(self, obj: Congress) -> str:
        return obj.get_absolute_url()
