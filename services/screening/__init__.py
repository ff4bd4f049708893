"""Screening for reasons not to be needled, or to ask a clinician first. It never clears anyone."""
