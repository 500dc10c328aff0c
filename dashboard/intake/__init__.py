"""Reading the lists that communes send, and recording them.

A file becomes a record in steps, each a module: `tables` reads the file, `cells` the text of a cell, `vocabulary` its
words, `recognise` finds the columns, `lists` puts together what is said of each person. None of these opens the store;
`session` compares their result with it, and `commit` records a batch and undoes it.
"""
