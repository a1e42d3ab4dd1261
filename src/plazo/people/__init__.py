"""Persons, organizations, memberships and who may see what."""
