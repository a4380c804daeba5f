"""The deck: its template, what goes on which slide, and how each block is put there.

template.py     the user's template, or ours (house_style.py)
plan.py         a document as a list of slides; what does not fit has its own slide or stands in the notes
arrange.py      where the blocks of one slide stand
fitting.py      how much room words take
words.py table.py charted.py picture.py      a block on a slide
notes.py         what the speaker reads
chart/          charts as native PowerPoint charts, with their data inside
"""
