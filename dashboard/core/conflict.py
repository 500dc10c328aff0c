"""The one rule for a change made from a view that is old by now: what of it is written, and what is asked first.

Whoever enters something says what the screen showed when they began. What they left alone is not written, so that
nothing somebody else has entered meanwhile is taken back. Where both changed the same field to different things nothing
is written until the reader has seen both and chosen. The rule is applied inside the transaction that writes, to what
the store says there and then: `Store.write` lets one writer in at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Clash:
    """A field that is to be changed from `was` to `wanted`, but meanwhile has become `now`."""

    field: Any
    was: Any
    now: Any
    wanted: Any


class Clashed(Exception):
    """Somebody else changed the same fields meanwhile; nothing was written."""

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__(*clashes)
        self.clashes = clashes


@dataclass(frozen=True)
class Seen:
    """What the reader had on screen, by field; `yielded` are fields of which what others entered is to stand."""

    values: Mapping[Any, Any] = field(default_factory=dict)
    yielded: frozenset[Any] = frozenset()

    def insist(self, clashes: list[Clash]) -> "Seen":
        """The reader has seen what others entered and wants their own."""
        return Seen({**self.values, **{c.field: c.now for c in clashes}}, self.yielded)

    def give_way(self, clashes: list[Clash]) -> "Seen":
        """The reader has seen what others entered and leaves it."""
        return Seen(self.values, self.yielded | {c.field for c in clashes})


def settled(seen: Seen | None, now: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> dict[Any, Any]:
    """The fields of `wanted` that are to be written over `now`: those the reader changed from what they saw.

    A field that the reader did not see, and all of them without `seen`, was seen as it is now. Raises Clashed for
    fields that have become something else than what was seen and what is wanted.
    """
    was = {**now, **(seen.values if seen else {})}
    changed = {f: v for f, v in wanted.items() if v != was[f] and f not in (seen.yielded if seen else ())}
    clashes = [Clash(f, was[f], now[f], v) for f, v in changed.items() if now[f] not in (was[f], v)]
    if clashes:
        raise Clashed(clashes)
    return {f: v for f, v in changed.items() if v != now[f]}
