"""The demonstration: invented people who carry the real plan from spring to the eve of the congress."""
