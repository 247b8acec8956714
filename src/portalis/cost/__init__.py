"""Judgement about money: prices, budgets, reports, recommendations. Pure."""
