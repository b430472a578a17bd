"""WFS 1.0, 1.1 and 2.0 (OGC 02-058, 04-094, 09-025): what a service offers, and GML features."""
