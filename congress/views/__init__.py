"""Pages of the congress, one file per subject."""
