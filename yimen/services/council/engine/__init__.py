"""The inner machinery of community self-government."""
