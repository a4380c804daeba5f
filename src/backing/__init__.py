"""The office: one package for each part of what a PMO does to win and keep its backing."""
