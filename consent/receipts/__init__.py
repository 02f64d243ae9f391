"""What somebody gets in hand about their consents: a short mail, and records in two standard forms."""
