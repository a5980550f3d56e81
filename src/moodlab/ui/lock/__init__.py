"""Locking, unlocking, and noticing that nobody is there."""
