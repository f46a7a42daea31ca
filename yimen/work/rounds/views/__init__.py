"""Pages of rounds: one file per subject."""
