"""Reading the lists that communes send: tables > cells > vocabulary > recognise > lists, without the store."""
