"""STIX 2.0 and 2.1: what is known of a cyber threat (OASIS), in bundles or TAXII envelopes."""
