"""The command line of assessment, one module a subject: those without a site import nothing of it."""
