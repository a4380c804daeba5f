"""How a sheet or a schedule becomes rows of the canonical tables.

sheet      one sheet: its rows sorted, its tables built
schedule   one schedule: canonical already, only its place is filled
joining    several sheets that speak of the same projects
admission  which rows are taken, and a Problem for each that is not
place      where a row comes from, and which export it belongs to
naming     what a register is called when only the file says so
columns    typed columns narrowed to the rows that are taken
projects   a sheet of projects: projects, baselines, reports
items      a sheet of items: items, their baselines, and the projects they are of
coded      cells that name causes
written    words and groups
"""
