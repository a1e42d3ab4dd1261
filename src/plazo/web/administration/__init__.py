"""Pages of whoever administers the provider's desk."""
