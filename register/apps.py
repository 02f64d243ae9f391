from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "register"

    def ready(self):
        from accounts import (  # apps must be loaded before a table can be named
            backup,
            history,
            sweeps,
            verification,
            wording,
        )
        from core import guards, search

        from . import (
            derived,
            tasks,  # noqa: F401  says what the background worker can do
        )
        from .actions import attesting, establish, notices
        from .checks import (
            rules,  # noqa: F401  makes every rule known
            storing,
        )
        from .imports import forgetting
        from .reading import names_of
        from .wording import SENTENCES

        guards.append_only("register_activityversion")
        guards.append_only("register_noticeversion")
        verification.add_chain(self.get_model("ActivityVersion"), key="activity_id", digest=establish.version_digest)
        verification.add_chain(self.get_model("NoticeVersion"), key="notice_id", digest=notices.version_digest)
        verification.add_names(names_of)
        wording.add(SENTENCES)
        backup.leave_out(
            "register.ActivityFacet",
            "register.StaleActivity",
            "register.JudgedActivity",
            "register.JudgedRegister",
            rebuild=derived.rebuild,
        )
        sweeps.add("register.old_imports", forgetting.forget_old, every=3600)
        sweeps.add("register.stale", derived.refresh_stale, every=5)
        sweeps.add("register.attestation_reminders", attesting.remind, every=3600)
        sweeps.add("register.findings", storing.catch_up_all, every=15)
        for table in history.tables("register"):
            guards.append_only(table)
        search.declare("register_activity", "search_text")
