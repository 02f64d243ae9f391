"""After a new key in front: bring hashes and keys of people over to it: `manage.py rotate_consent_keys`.

Safe while people work, and to be killed and run again. Says what is left on which key; see docs/consent.md.
"""

from django.core.management.base import BaseCommand

from consent import identifiers, rotation


class Command(BaseCommand):
    help = "Bring hashes of addresses to the newest of CONSENT_KEYS, and keys of people to the newest of FIELD_KEYS."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what is on which key, and change nothing")

    def handle(self, *, dry_run, verbosity, **options):
        if not dry_run:
            told = self._tell if verbosity > 1 else lambda done: None
            self.stdout.write(f"{rotation.rehash(told)} addresses were hashed anew.")
            self.stdout.write(f"{rotation.relock(told)} keys of people were locked anew.")
        known = identifiers.keys()
        newest = next(iter(known))
        addresses, marks, locked = rotation.left()
        for version in sorted({newest, *addresses, *marks}, reverse=True):
            lost = "" if version in known else " (this key is not in CONSENT_KEYS)"
            said = f"{addresses[version]} addresses and {marks[version]} marks"
            self.stdout.write(f"Key {version} of CONSENT_KEYS{lost}: {said}.")
        self.stdout.write(f"Keys of people that are not on the newest of FIELD_KEYS: {locked}.")
        older_marks, older_addresses = marks.total() - marks[newest], addresses.total() - addresses[newest]
        if dry_run and (older_addresses or locked):
            self.stdout.write("Nothing was changed. Without --dry-run what is on an older key is brought over.")
        elif older_marks:
            self.stdout.write(
                "Keep the older keys: the marks on them are of people whose address nobody knows any more."
            )
        if older_addresses and not dry_run:
            self.stdout.write(
                "Addresses stayed on an older key: two people were made of one address. Erase one of them."
            )

    def _tell(self, done):
        self.stdout.write(f"{done} done")
