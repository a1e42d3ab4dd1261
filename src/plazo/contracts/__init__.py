"""Policy versions, contracts, days off."""
