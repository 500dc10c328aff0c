"""The fixtures of the designed district, for every test."""

from district import district, district_file, enter, new_district, open_app, own_district, told

__all__ = ["district", "district_file", "enter", "new_district", "open_app", "own_district", "told"]
