"""What pages share: filters, parts, charts, a person's profile and the form that changes it."""
