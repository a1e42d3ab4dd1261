"""Suggestions of kind and priority."""
