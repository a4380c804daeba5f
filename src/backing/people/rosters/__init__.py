"""Bringing in people and who reports to whom, from a list that somebody has.

cells       reads the file's cells, in a process that may be killed
columns     which column means what
understood  what each row says, and what is wrong with it
chart       who stands under whom
taking      taking it in, in one transaction, and undoing that
"""
