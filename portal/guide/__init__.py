"""The guide: a section for every place of the portal, and which section belongs to which page."""

from portal.guide.pages import PAGES, guide_for, section_of
from portal.guide.sections import GUIDE

__all__ = ["GUIDE", "PAGES", "guide_for", "section_of"]
