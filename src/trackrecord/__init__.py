"""The evidence library: what past projects say."""
