"""The fixtures of the designed district and of the samples, for every test."""

from hypothesis import settings

from common.district import (
    district,
    district_file,
    enter,
    new_district,
    office,
    office_file,
    open_app,
    own_district,
    told,
)
from common.samples import long, longest, own, said_and_long, said_and_longest, sample, sample_file, sample_in_use

# How long an example takes says more of the machine than of the program.
settings.register_profile("no-clock", deadline=None)
settings.load_profile("no-clock")

__all__ = [
    "district",
    "district_file",
    "enter",
    "long",
    "longest",
    "new_district",
    "office",
    "office_file",
    "open_app",
    "own",
    "own_district",
    "said_and_long",
    "said_and_longest",
    "sample",
    "sample_file",
    "sample_in_use",
    "told",
]
