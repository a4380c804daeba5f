"""Bringing in what a neighbouring unit does, from a list that it has.

columns     which column means what
understood  what each row says, and what is wrong with it
taking      taking it in, in one transaction, and undoing that
The cells are read as those of a list of people are (people.rosters.cells).
"""
