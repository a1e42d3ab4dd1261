"""Settings, addresses, terminal."""
