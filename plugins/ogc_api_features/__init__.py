"""OGC API – Features (OGC 17-069) and its kin: what a service offers, and pages of features."""
