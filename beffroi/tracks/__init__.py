"""What moves: positions in any order, the bubble around them, alerts, the stage that they follow.

Everything here is a function of the fixes that came and of a moment given by the caller: no clock,
no thread, no file.  Positions are WGS 84, distances geodesic, times UTC ms.
"""
