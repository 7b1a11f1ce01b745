"""What delegates writes into the audit trail."""
