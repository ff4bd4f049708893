"""Ways in: Rasa channels that know who speaks, drop forged payloads and never stay silent."""
