"""The fixtures of the designed district and of the samples, for every test."""

from district import district, district_file, enter, new_district, open_app, own_district, told
from samples import long, said_and_long, short

__all__ = [
    "district",
    "district_file",
    "enter",
    "long",
    "new_district",
    "open_app",
    "own_district",
    "said_and_long",
    "short",
    "told",
]
