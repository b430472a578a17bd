"""Watches a folder: each file that appears or changes is a delivery."""
