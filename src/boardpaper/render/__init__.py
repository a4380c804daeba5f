"""Drawers and renderers: a chart as SVG or table, a document as page or paper."""
