"""The hub's side of synchronisation: operations up, records and states down."""
