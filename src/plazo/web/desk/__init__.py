"""Pages of the support desk."""
