"""What people do to an organisation and its members. Each act is one function, one transaction, one change."""
