"""The store: one SQL database, in which the published versions of a line, its journal, the notices of today, and which
texts were sent are kept.
"""
