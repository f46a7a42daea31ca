"""What directives decide by."""
