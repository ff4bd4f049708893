"""The intents that are dangers, and how urgent one can be."""

EMERGENCY = "emergency_symptoms"
AFTER_NEEDLING = "post_needling_emergency"
CRISIS = "crisis"
# Their reply stands alone; nothing may distract from it.
DANGERS = frozenset({EMERGENCY, AFTER_NEEDLING, CRISIS})
# No intent, a label of the statistical detector: it can wait until the doctor's office opens.
DOCTOR_TODAY = "see_doctor_today"

# From the least to the most urgent.
URGENCIES = ("soon", "today", "emergency", "crisis")
