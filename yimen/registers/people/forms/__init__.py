"""The shape of what is typed about residents, by page."""
