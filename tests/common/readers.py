"""Who looks at a store in the tests."""

from core.store import WHOLE_COUNTRY, Reader, Store


def all_of(store: Store) -> Reader:
    """The store as somebody sees it who may see everything."""
    return store.seen_by(WHOLE_COUNTRY)
