"""Pages of organisations, one file per subject."""
