"""Orders that regulate traffic: Litteralis (Sogelink) and the Eudonet of Paris."""
