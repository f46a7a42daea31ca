"""Registers: one truth about areas, organisations, residents and health facts."""
