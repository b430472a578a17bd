"""Who works in the demo's centre: invented people, the posts they hold, what they write for."""

from beffroi.access import Account
from beffroi.journal import Identity

STATION = "CNCS-01"
_PEOPLE = (
    ("c.marchand", "Claire Marchand", "CNCS", ("Chef de salle", "MC"), "supervisor"),
    ("y.henry", "Yann Henry", "CNCS", ("Chef de salle",), "supervisor"),
    ("l.martin", "Lucie Martin", "CNCS", ("MC", "Rédacteur PS"), "scribe"),
    ("w.adam", "Wassila Adam", "CNCS", ("MC",), "scribe"),
    ("m.leroy", "Mathieu Leroy", "SNCF", ("OL-SNCF",), "contributor"),
    ("a.benali", "Amel Benali", "Gendarmerie nationale", ("OL-DGGN",), "contributor"),
    ("j.costa", "João Costa", "Police nationale", ("OL-DGPN",), "contributor"),
    ("p.nguyen", "Paul Nguyen", "Préfecture de police", ("OL-PP",), "contributor"),
    ("s.petit", "Sophie Petit", "CNCS", ("Com/RS",), "contributor"),
    ("t.garnier", "Thomas Garnier", "Ministère des transports", ("OL-Transports",), "contributor"),
    ("d.roux", "Diane Roux", "DGSCGC", ("OL-COGIC",), "contributor"),
    ("k.diallo", "Karim Diallo", "Ministère de la santé", ("OL-Santé",), "contributor"),
    ("f.morel", "Fanny Morel", "RATP", ("OL-RATP",), "contributor"),
    ("e.blanc", "Éric Blanc", "ANSSI", ("OL-Cyber",), "contributor"),
    ("v.simon", "Vincent Simon", "CNSJ", ("OL-CNSJ",), "contributor"),
    ("b.delmas", "Bruno Delmas", "Paris 2024", ("OL-Paris 2024",), "contributor"),
    ("g.muller", "Gaëlle Muller", "Météo-France", ("OL-Météo",), "contributor"),
    ("q.roy", "Quentin Roy", "Ministère de l’énergie", ("OL-Énergie",), "contributor"),
    ("r.lambert", "Rémi Lambert", "Zones et préfectures", ("OL-Zones",), "contributor"),
    ("h.tevai", "Heitiare Tevai", "Ministère des outre-mer", ("OL-Outre-mer",), "contributor"),
    ("n.faure", "Nina Faure", "CNCS", ("Rédacteur PS",), "contributor"),
    ("i.haddad", "Inès Haddad", "CNCS", ("Anticipation",), "contributor"),
    ("o.bernard", "Olivier Bernard", "CNCS", ("Carto",), "contributor"),
    ("rssi", "RSSI du centre", "CNCS", ("RSSI",), "security"),
)
_DAY_AND_NIGHT = {"Chef de salle": ("c.marchand", "y.henry"), "MC": ("l.martin", "w.adam")}
WITH_SECRET = ("c.marchand", "m.leroy", "a.benali", "s.petit", "l.martin", "rssi")
ACCOUNTS = tuple(
    Account(name=name, display=display, organisation=organisation, posts=posts, role=role)
    for name, display, organisation, posts, role in _PEOPLE
)
POSTS = tuple(dict.fromkeys(post for account in ACCOUNTS for post in account.posts))


def holder(post: str, hour: int) -> Identity:
    """Whoever holds `post` at that hour of the day in Paris (teams change at 7 and 19)."""
    names = _DAY_AND_NIGHT.get(post)
    if names:
        wanted = names[0] if 7 <= hour < 19 else names[1]
        account = next(a for a in ACCOUNTS if a.name == wanted)
    else:
        account = next(a for a in ACCOUNTS if a.posts[0] == post)
    return Identity(
        account=account.name,
        person=account.display,
        post=post,
        station=STATION,
        organisation=account.organisation,
    )
