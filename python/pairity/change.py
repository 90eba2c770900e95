"""What a HotReloader tells its listeners."""

from dataclasses import dataclass, field

from pairity._native import HotReloader as _Core
from pairity.plugin_reports import ReloadReport

__all__ = ["Change", "Told", "joined"]


@dataclass(frozen=True)
class Told:
    """The parts of a change."""

    paths: list[str]
    reports: list[ReloadReport] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    notice: str | None = None


class Change:
    """What has happened since the last one."""

    __module__ = "pairity"
    __slots__ = ("_told",)
    __match_args__ = ("paths", "reports", "errors", "notice")

    def __init__(self, told: "Told") -> None:
        """Only a reloader makes one."""
        self._told = told

    @property
    def paths(self) -> list[str]:
        """The files whose content has changed: sorted, each once."""
        return self._told.paths

    @property
    def reports(self) -> list[ReloadReport]:
        """How the plugins of an attached manager were reloaded because of them, also where that failed."""
        return self._told.reports

    @property
    def errors(self) -> list[Exception]:
        """What kept plugins from being reloaded at all."""
        return self._told.errors

    @property
    def notice(self) -> str | None:
        """What a person should know, in one line: that files are polled, why, and how to change that."""
        return self._told.notice

    def __repr__(self) -> str:
        """Return how many there are of each."""
        return _Core.change_text(len(self.paths), len(self.reports), len(self.errors), self.notice)


def joined(first: Change | None, later: Change) -> Change:
    """Return a change and a later one as one."""
    if first is None:
        return later
    notices = [notice for notice in (first.notice, later.notice) if notice is not None]
    told = Told(
        _Core.merged(first.paths + later.paths),
        first.reports + later.reports,
        first.errors + later.errors,
        "\n".join(notices) or None,
    )
    return Change(told)
