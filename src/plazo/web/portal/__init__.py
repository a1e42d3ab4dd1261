"""Pages of the client companies."""
