"""What congress writes into the audit trail."""
