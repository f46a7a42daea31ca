"""Pages of the desk: lists, intake, one case, ratings."""
