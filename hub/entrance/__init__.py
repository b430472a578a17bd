"""How stations and people come in: enrolment, login, identity providers."""
