"""Has it improved, and can we say so?  `trackrecord.verdict` answers in one of six words.

registration   what is claimed, written down before the data are looked at
material       from a Record and a claim to rows that can be compared
horizon        projects compared at equal age
design         who is compared with whom
sequence       ranges and evidence that hold however often they are looked at
contrast       an effect by each path: projects, months, units, chosen units
chart          see: the XmR chart, and the cumulative sum
staggered      compare: a change that reached units one after another
interrupted    one series with no comparison group
drifting       a second opinion on one series: its seasons taken out, its level free to drift
synthetic      a second opinion on one unit: beside the mixture of others that ran as it did before
randomisation  how often chance alone does as much
rules          what a claim rests on, whichever way it points
guards         stress tests an effect must survive
ability        what could be seen today, and by when the agreed effect
verdict        the word, and its reasons
"""
