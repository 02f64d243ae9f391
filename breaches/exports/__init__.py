"""The register of breaches (Art. 33(5)) out of the database, whole or one breach, in several formats."""
