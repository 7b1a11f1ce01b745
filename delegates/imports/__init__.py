"""Files → rows: the catalogues that come with the portal, and the lists that units send."""

from delegates.imports.catalogues import load_categories, load_ethnic_groups

__all__ = ["load_categories", "load_ethnic_groups"]
