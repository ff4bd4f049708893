"""The intents that are dangers, and how urgent one can be."""

EMERGENCY = "emergency_symptoms"
AFTER_NEEDLING = "post_needling_emergency"
CRISIS = "crisis"
# Their reply stands alone; nothing may distract from it.
DANGERS = frozenset({EMERGENCY, AFTER_NEEDLING, CRISIS})

# From the least to the most urgent.
URGENCIES = ("soon", "today", "emergency", "crisis")
