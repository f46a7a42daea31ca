"""Backups (备份): one sealed file holds the database of one moment and all files; it is proven by restoring it."""
