"""Small Django helpers without a word of the domain."""
