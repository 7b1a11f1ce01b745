"""What units writes into the audit trail."""
