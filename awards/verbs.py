"""What awards writes into the audit trail."""
