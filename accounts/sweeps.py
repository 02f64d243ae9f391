"""Things done every so often, by whichever worker comes first: each turn is a row that only one can insert.

An app adds its own with `sweeps.add("name", function, every=seconds)` in `AppConfig.ready()`. The one rule: a sweep
looks at what there is to do, so a missed turn costs time and nothing else.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from .models import SweepSlot

log = logging.getLogger("dertig.sweeps")
KEEP_TURNS = timedelta(days=1)


@dataclass(frozen=True)
class Sweep:
    name: str
    function: Callable  # takes the moment
    every: int  # seconds
    reminds: bool = False  # mails what is due, and answers how many mails that made


_known = {}


def add(name, function, *, every=60, reminds=False):
    _known[name] = Sweep(name, function, every, reminds)


def remind(at):
    """Do all that reminds at once, for machines without the worker; returns how many mails that made."""
    return sum(sweep.function(at) or 0 for sweep in list(_known.values()) if sweep.reminds)


def take_turns(at):
    """Do each sweep whose present turn is free; returns the names of those done. One failing stops no other."""
    done = []
    for sweep in list(_known.values()):
        slot = int(at.timestamp()) // sweep.every
        if _claim(sweep.name, slot, at):
            try:
                sweep.function(at)
                done.append(sweep.name)
            except Exception as error:
                log.error("sweep %s failed", sweep.name, exc_info=error)
    return done


def _claim(name, slot, at):
    if SweepSlot.objects.filter(sweep=name, slot=slot).exists():  # the usual case costs no write
        return False
    return SweepSlot.objects.get_or_create(sweep=name, slot=slot, defaults={"at": at})[1]


def forget_old_turns(at):
    SweepSlot.objects.filter(at__lt=at - KEEP_TURNS).delete()
