"""Everything that was typed, as one workbook: written, looked through, and taken in again.

`declared` says what a sheet is, and each app's `sheets.py` which it has.  `columns` turn a field into a
cell and back, `names` a record into the words by which others name it.  `writing` makes the file, `reading`
reads one that somebody dropped, `comparing` and `taking` make of it what is here.
"""
