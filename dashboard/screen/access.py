"""Who has the page open, and what of the store they may see."""

from core.store import WHOLE_COUNTRY, Reader, open_store


def reader() -> Reader:
    """The store as whoever has the page open may see it: all of it, until there are accounts.

    Raises StoreError as `open_store` does.
    """
    return open_store().seen_by(WHOLE_COUNTRY)
