"""Documents that leave the house: Excel lists in the look of an official document."""
