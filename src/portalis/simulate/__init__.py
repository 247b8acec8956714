"""The plane on a virtual clock: the same scheduler, budgets and decisions, a modelled cluster."""
