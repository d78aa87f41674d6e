"""The store: one SQL database, in which published versions of a line are kept."""
