"""What comes in: the catalogue of the sources, and workbooks of units and headcounts."""

from units.imports.catalogue import DATA, load_catalogue

__all__ = ["DATA", "load_catalogue"]
