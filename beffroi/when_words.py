"""The French words and shapes of times that `beffroi.when` understands, over flattened text."""

import re

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janv", "fevr", "mars", "avri", "mai", "juin",
    "juil", "aout", "sept", "octo", "nove", "dece",
)  # fmt: skip
PARTS = {
    "nuit": (0, 6),
    "matin": (6, 12),
    "apres-midi": (12, 18),
    "soir": (18, 24),
}
"""Hours of the parts of a day."""

_MONTH = r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_MONTH_WORD = rf"(?:{_MONTH})"
_CLOCK = (
    r"(?:(?<![\d/.,:h+])(?:[01]?\d|2[0-4])\s?(?:h|heures?)(?![a-z])"
    r"(?:\s?[0-5]\d(?!\d)(?!\s?(?:km|m|pers|%))|\s?et\s?(?:demie?|quart)|(?!\d))"
    r"|(?<![\d/.,:+])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])"
    r"|\b(?:midi|minuit)(?:\s?et\s?demie?)?\b)"
)
_DAY = (
    r"(?:\b(?:aujourd'hui|avant-hier|hier|demain)\b(?:\s(?:matin|soir|apres-midi)\b)?"
    rf"|\b(?:{'|'.join(WEEKDAYS)})\b(?:\s(?:dernier|matin|soir|apres-midi)\b"
    rf"|\s\d{{1,2}}(?:\s{_MONTH_WORD}|/\d{{1,2}})(?:[/\s]\d{{4}})?)?"
    r"|(?<![\d/])(?:0?[1-9]|[12]\d|3[01])[/-](?:0?[1-9]|1[0-2])(?:[/-](?:\d{4}|\d{2}))?(?![\d/-])"
    r"|\b\d{4}-\d{2}-\d{2}(?!\d)"
    rf"|\b(?:1er|\d{{1,2}})\s{_MONTH_WORD}(?:\s\d{{4}})?\b)"
)
_JOIN = r"(?:,?\s(?:a\s)?|t|,)"
_NEAR = (
    r"(?:\b(?:vers|environ|autour de|aux? (?:environs|alentours) de|peu (?:avant|apres))\s?|~\s?)"
)
_HALF = r"(?:\s?du matin|\s?de l'apres-midi|\s?du soir)"

SPAN = re.compile(
    r"(?P<ago>\b(?:a l'instant|maintenant)\b"
    r"|\bil y a (?:environ )?(?:(?P<ago_h>\d{1,3})\s?(?:h|heures?)(?:\s?(?P<ago_m2>[0-5]\d))?"
    r"|(?P<ago_m>\d{1,4})\s?(?:min|minutes?|mn))(?![a-z]))"
    rf"|(?:(?P<day>{_DAY}){_JOIN})?"
    rf"(?:\b(?:entre|de|des)\s)?(?P<near>{_NEAR})?(?P<first>{_CLOCK})(?P<half>{_HALF})?"
    rf"(?:\s?(?:-|\bet\b|\ba\b)\s?(?:(?P<day_last>{_DAY}){_JOIN})?(?P<last>{_CLOCK}))?"
    r"(?P<utc>\s?(?:\b(?:utc|tu|gmt)\b))?"
    r"(?P<near_after>\s(?:environ|a peu pres)\b)?"
    rf"(?:\s?,?\s?(?:le\s)?(?P<day_after>{_DAY}))?"
    r"|(?P<part>\bcette nuit\b|\bce (?:matin|soir)\b|\bcet apres-midi\b"
    rf"|\b(?:hier|demain|{'|'.join(WEEKDAYS)}) (?:matin|soir|apres-midi)\b)"
)
"""One mention of a time: how long ago, or a day and one or two clock times, or a part of today."""

DAY = re.compile(rf"(?:le\s)?(?P<day>{_DAY})")
"""A day alone."""

CLOCK = re.compile(
    r"(?P<h1>\d{1,2})\s?(?:h|heures?)(?:\s?(?P<m1>\d{2})|(?P<demi>\s?et\s?(?:demie?|quart)))?"
    r"|(?P<h2>\d{1,2}):(?P<m2>\d{2})"
    r"|(?P<noon>midi|minuit)(?P<half_past>\s?et\s?demie?)?"
)
DATE = re.compile(
    r"(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
    r"|(?P<d1>\d{1,2})[/-](?P<m1>\d{1,2})(?:[/-](?P<y1>\d{4}|\d{2}))?"
    rf"|(?P<d2>\d{{1,2}})(?:er)?\s(?P<month>{_MONTH})(?:\s(?P<y2>\d{{4}}))?"
)

DURATION_BEFORE = re.compile(
    r"(?:\b(?:pendant|durant|depuis|dans|sous|duree(?: de)?|retards? (?:de|d')|attente de"
    r"|toutes les|tous les|plus de|moins de|pres de|au moins|d'ici|pour|apres|delai de"
    r"|reprise (?:dans|sous))|[+/-])\s?$"
)
"""What announces a duration rather than a clock time."""

DURATION_AFTER = re.compile(
    r"\s?(?:/\s?24|de (?:retard|attente|delai|route|marche|trajet|coupure|travail|garde|repos)"
    r"|d'(?:attente|interruption|intervention)|plus tard|apres|auparavant)\b"
)
"""What shows that the hours just read were a duration."""
