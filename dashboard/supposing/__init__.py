"""Suppositions, another standard or the time to come, and how pages, Excel and the command line tell them."""
