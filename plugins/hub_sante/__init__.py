"""Messages of the Hub Santé (ANS, SAMU-Hub-Modeles): RC-*, RS-*, GEO-* and EMSI (ISO/TR 22351)."""
