"""Pages of whoever leads the desk."""
