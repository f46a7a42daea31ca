"""The writers of access, by noun."""
