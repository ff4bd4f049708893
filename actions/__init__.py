"""Custom actions, one feature a file. They hold no words and no rules of their own: what is said
stands in data/responses.yml, what is decided in the services, which they call over HTTP."""
