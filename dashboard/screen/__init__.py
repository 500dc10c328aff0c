"""What pages share: filters, parts, charts, a person's record and the form that changes it."""
