"""The map: fixed layers left to right, drawn on the server.

ordering   who stands above whom, so that few links cross
setting    where everything stands, and in how many lines a name is set
drawing    all of it as SVG
"""
