"""The doctor: is everything well with a line that runs, from its public address to its store?"""
