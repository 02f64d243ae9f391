from datetime import timedelta

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self):
        from core import guards, journal  # apps must be loaded before a table can be named

        from . import (  # noqa: F401  (signals connect when imported)
            files,
            history,
            mail,
            signals,
            sweeps,
            verification,
            workers,
        )
        from .actions import organisations

        for table in ("accounts_change", "accounts_changesubject", "accounts_changeschema", "accounts_event"):
            guards.append_only(table)
        guards.append_only("accounts_controllerversion")
        verification.add_chain(
            self.get_model("ControllerVersion"), key="controller_id", digest=organisations.version_digest
        )
        for table in history.tables("accounts"):
            guards.append_only(table)
        guards.no_overlap("accounts_membership", keys=["user_id", "organisation_id"])

        day = int(timedelta(days=1).total_seconds())
        sweeps.add("accounts.orphan_files", files.remove_orphans, every=day)
        sweeps.add("accounts.mail_given_up", mail.forget_given_up, every=3600)
        sweeps.add("accounts.finished_jobs", workers.forget_finished, every=day)
        sweeps.add("accounts.old_turns", sweeps.forget_old_turns, every=day)
        sweeps.add("accounts.journal", journal.empty, every=3600)
