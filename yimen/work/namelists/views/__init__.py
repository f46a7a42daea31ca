"""Pages of namelists: one file per subject."""
