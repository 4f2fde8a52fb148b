"""Uploads: signed addresses for clients, and the acceptance of what they send there."""
