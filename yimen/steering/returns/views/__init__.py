"""Pages of 一表通; one file per subject."""
