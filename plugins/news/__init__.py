"""RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, with GeoRSS, GDACS and CAP extensions.

Read with lxml alone: `feedparser` cannot be had as a wheel (docs/decisions/0006).
"""
