"""What every query gives for the district, which is small enough to judge by hand: all its rows, or some columns."""

from common.golden import person, quality, standards, store, substandard, trends, workforce

GOLDEN = person.ROWS | quality.ROWS | standards.ROWS | store.ROWS | substandard.ROWS | trends.ROWS | workforce.ROWS
# Of longer lists these columns.
GOLDEN_COLUMNS = person.COLUMNS | standards.COLUMNS | store.COLUMNS | substandard.COLUMNS | workforce.COLUMNS
