"""Drills (演练): what dies, stalls or runs full in the life of an installation, done on purpose, and what became of the work."""
