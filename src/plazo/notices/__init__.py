"""Telling people: events in, an outbox, deliveries."""
