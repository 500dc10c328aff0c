"""Reading the lists that communes send: tables > recognise > normalise > lists, without the store."""
