"""Listens to datagrams, of a multicast group or sent to this machine."""
