"""Figures on many users: feeds, delivery, counting, sustained load, and what more workers bring."""
