"""Who is who: which entity of the graph each name of each document refers to, and why.

A reference is one name (a type and the key of a name) as all documents use it. Resolution puts
references together to entities. It is a function of what documents say and of people's
judgements alone: the order in which these come does not matter, and taking one back leaves
the graph as if it had never been. docs/resolution.md tells how.
"""
