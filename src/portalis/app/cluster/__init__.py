"""Ray's cluster file, of settings and of what Terraform made."""
