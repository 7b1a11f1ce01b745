"""Words of Django that readers of the portal meet, gathered so that the portal's catalogue translates them.

Django's own Vietnamese lacks some of them and words others badly, and the portal's catalogue wins over Django's where
both have an entry. `script/catalogue.py` reads the portal's source alone: without this list it would not know them.
Nothing imports this module.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# ---- What forms ask for ----
FIELDS = (
    _("This field is required."),
    _("This field cannot be blank."),
    _("This field cannot be null."),
    _("Enter a valid value."),
    _("Enter a complete value."),
    _("Enter a number."),
    _("Enter a whole number."),
    _("Enter a valid integer."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Enter a valid date/time."),
    _("Enter a valid duration."),
    _("Enter a valid email address."),
    _("Enter a valid URL."),
    _("Enter a valid UUID."),
    _("Enter a valid JSON."),
    _("Enter a list of values."),
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("Null characters are not allowed."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Value %(value)r is not a valid choice."),
    _("“%(pk)s” is not a valid value."),
    _("“%(value)s” is not a valid UUID."),
    _("“%(value)s” value must be an integer."),
    _("“%(value)s” value must be a decimal number."),
    _("“%(value)s” value must be either True or False."),
    _("“%(value)s” value must be either True, False, or None."),
    _("“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format."),
    _("“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date."),
    _("“%(value)s” value has an invalid format. It must be in HH:MM[:ss[.uuuuuu]] format."),
    _("“%(value)s” value has the correct format (HH:MM[:ss[.uuuuuu]]) but it is an invalid time."),
    _(
        "%(datetime)s couldn’t be interpreted in time zone %(current_timezone)s; "
        "it may be ambiguous or it may not exist."
    ),
    _("(Hidden field %(name)s) %(error)s"),
    _("Unknown"),
)
LIMITS = (
    _("Ensure this value is %(limit_value)s (it is %(show_value)s)."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("Ensure this value is a multiple of step size %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
        "max",
    ),
    ngettext_lazy(
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
        "max",
    ),
)
UNIQUE = (
    _("%(model_name)s with this %(field_label)s already exists."),
    _("%(model_name)s with this %(field_labels)s already exists."),
    _("%(model)s instance with %(field)s %(value)r is not a valid choice."),
    _("Constraint “%(name)s” is violated."),
    _("and"),
)
FILES = (
    _("No file was submitted."),
    _("No file was submitted. Check the encoding type on the form."),
    _("The submitted file is empty."),
    _("Please either submit a file or check the clear checkbox, not both."),
    _("Upload a valid image. The file you uploaded was either not an image or a corrupted image."),
    _("File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."),
    ngettext_lazy(
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
        "max",
    ),
    _("Clear"),
    _("Currently"),
    _("Change"),
)
FORMSETS = (
    _(
        "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. "
        "You may need to file a bug report if the issue persists."
    ),
    ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "num"),
    ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", "num"),
    _("Please correct the duplicate data for %(field)s."),
    _("Please correct the duplicate data for %(field)s, which must be unique."),
    _("Please correct the duplicate values below."),
    _("The inline value did not match the parent instance."),
    _("Order"),
    _("Delete"),
)

# ---- Passwords ----
PASSWORDS = (
    _("Password"),
    _("Old password"),
    _("New password"),
    _("New password confirmation"),
    _("Enter the same password as before, for verification."),
    _("password"),
    _("last login"),
    _("Your old password was entered incorrectly. Please enter it again."),
    _("The two password fields didn’t match."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    _("The password is too similar to the %(verbose_name)s."),
    _("Your password can’t be too similar to your other personal information."),
    _("This password is too common."),
    _("Your password can’t be a commonly used password."),
    _("This password is entirely numeric."),
    _("Your password can’t be entirely numeric."),
)

# ---- The Department's catalogues (Django's admin) ----
CATALOGUES = (
    _("Skip to main content"),
    _("Breadcrumbs"),
    _("Home"),
    _("Model name"),
    _("Add link"),
    _("Change or view list link"),
    _("Models in the %(name)s application"),
    _("%(app)s administration"),
    _("You don’t have permission to view or edit anything."),
    _("Add"),
    _("View"),
    _("Recent actions"),
    _("My actions"),
    _("None available"),
    _("Unknown content"),
    _("Added:"),
    _("Changed:"),
    _("Deleted:"),
    _("Toggle theme (current theme: auto)"),
    _("Toggle theme (current theme: light)"),
    _("Toggle theme (current theme: dark)"),
)
LISTS = (
    _("Select %s"),
    _("Select %s to change"),
    _("Select %s to view"),
    _(" By %(filter_title)s "),
    _("Clear all filters"),
    _("Show counts"),
    _("Hide counts"),
    _("Show all"),
    ngettext_lazy("%(counter)s result", "%(counter)s results", "counter"),
    _("%(full_result_count)s total"),
    _("Sorting priority: %(priority_number)s"),
    _("Toggle sorting"),
    _("Remove from sorting"),
    _("Empty"),
    _("Not empty"),
)
ENTRIES = (
    _("Add %(name)s"),
    _("Add %s"),
    _("Change %s"),
    _("View %s"),
    _("Save"),
    _("Save as new"),
    _("Save and add another"),
    _("Save and continue editing"),
    _("Save and view"),
    _("Close"),
    _("View on site"),
    _("Add another %(model)s"),
    _("Change selected %(model)s"),
    _("Delete selected %(model)s"),
    _("View selected %(model)s"),
    _("Add another %(verbose_name)s"),
    _("Remove"),
    _("Delete?"),
    _("Date:"),
    _("Time:"),
    _("Currently:"),
    _("Change:"),
    _("Lookup"),
    _("Hold down “Control”, or “Command” on a Mac, to select more than one."),
    ngettext_lazy("Please correct the error below.", "Please correct the errors below.", "counter"),
    _("The {name} “{obj}” was added successfully."),
    _("You may edit it again below."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("Change history: %s"),
    _("Date/time"),
    _("User"),
    _("Action"),
    ngettext_lazy("entry", "entries", "counter"),
    _("This object doesn’t have a change history. It probably wasn’t added via this admin site."),
)
