"""Accounts, sessions, rights and the log of who did what."""
