"""Mastodon: posts, timelines, threads, notifications and trends, as its API and streams tell them."""
