"""Decisions of the desk that need no database: states, acceptance, rating."""
