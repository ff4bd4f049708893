"""Search for providers near a place. The directory that comes with it is made up, and says so."""
