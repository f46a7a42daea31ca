"""Reads of providers, one file per subject."""
