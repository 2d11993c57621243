"""Whose conversations these are: tenants and their teams."""
