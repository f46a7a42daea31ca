"""Pages of community self-government, by field."""
