"""Downsizing (tinh giản biên chế): its law, benefits, cases, the ledger and the forms."""
