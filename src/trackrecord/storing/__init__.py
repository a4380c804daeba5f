"""How a store keeps its files.

shelf    whole files or none, in a folder or a bucket
taken    a take as files, read back lazily and by the names of columns
"""
