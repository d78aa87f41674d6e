"""The rules, by theme: a rule is a function here, its name is its id, and its docstring is its manual."""
