"""What a plugin manager reports."""

import copy
from typing import Literal, cast

from pairity._native import PluginManager as _Core
from pairity._native import PluginOperation
from pairity.data import PluginMetricsData, PluginTimes, ReloadReportData, ScanReportData

__all__ = ["PluginMetrics", "ReloadReport", "ScanReport"]


def _caused(error: BaseException, cause: int | None, thrown: list[BaseException]) -> Exception:
    """Return an error of the core with the exception of a plugin as its cause."""
    assert isinstance(error, Exception)
    if cause is not None:
        error.__cause__ = thrown[cause]
    return error


class ScanReport:
    """What a scan of a directory found, in the order of the file names."""

    __module__ = "pairity"
    __slots__ = ("_errors", "_failed", "_loaded", "_operation", "_skipped", "_text")

    def __init__(self, operation: PluginOperation, thrown: list[BaseException]) -> None:
        """Read the report of an operation that has ended; only a manager has one."""
        self._operation = operation
        self._loaded, self._skipped, self._failed, self._text = operation.scan_report()
        self._errors = [_caused(error, cause, thrown) for error, cause in operation.scan_failures()]

    @property
    def loaded(self) -> list[str]:
        """The names of the plugins that were loaded."""
        return self._loaded

    @property
    def skipped(self) -> list[tuple[str, str]]:
        """What was left out: path and reason."""
        return self._skipped

    @property
    def failed(self) -> list[tuple[str, str, str, int | None]]:
        """What could not be loaded: path, code, message, and the line of the file where it is known."""
        return self._failed

    @property
    def errors(self) -> list[Exception]:
        """The failures as exceptions, in the order of `failed`.

        Each has the fields of `pairity.errors.PluginError`, and what the plugin raised as its `__cause__`.
        """
        return self._errors

    def to_dict(self) -> ScanReportData:
        """Return the report as plain data."""
        return cast("ScanReportData", self._operation.scan_data())

    def __repr__(self) -> str:
        """Return how many there are of each."""
        return self._text


class ReloadReport:
    """What a reload did."""

    __module__ = "pairity"
    __slots__ = (
        "_cause",
        "_closure",
        "_error",
        "_failure",
        "_generation",
        "_migrated_from",
        "_name",
        "_operation",
        "_outcome",
        "_previous",
        "_retained",
        "_state_bytes",
        "_state_carried",
        "_text",
    )

    def __init__(self, operation: PluginOperation, thrown: list[BaseException]) -> None:
        """Read the report of an operation that has ended; only a manager has one."""
        self._operation = operation
        self._name, self._outcome, self._generation, self._state_carried, failure, self._text = (
            operation.reload_report()
        )
        self._previous, self._closure, self._migrated_from = operation.reload_closure()
        self._failure = None if failure is None else failure[:4]
        self._cause = None if failure is None or failure[4] is None else thrown[failure[4]]
        self._state_bytes, self._retained = operation.reload_numbers()
        found = operation.reload_failure()
        self._error = None if found is None else _caused(*found, thrown)

    @property
    def name(self) -> str:
        """The name of the plugin."""
        return self._name

    @property
    def outcome(self) -> Literal["unchanged", "swapped", "aborted", "rolled_back", "failed"]:
        """How it ended.

        `unchanged`: the file has the content that runs. `swapped`: the new generation runs. `aborted`: something failed
        before the old generation was shut down, which runs on untouched. `rolled_back`: something failed later, and
        the old generation was initialized again. `failed`: neither generation runs.
        """
        return self._outcome  # type: ignore[return-value]  # the core has these five

    @property
    def generation(self) -> int:
        """The generation that runs now, counted from 1; the last one that ran when none does."""
        return self._generation

    @property
    def previous(self) -> int:
        """The generation that ran before."""
        return self._previous

    @property
    def closure(self) -> list[str]:
        """The plugins that took part because they come behind it, in the order in which they start."""
        return self._closure

    @property
    def migrated_from(self) -> int | None:
        """The version of the state that was migrated; `None` when none was."""
        return self._migrated_from

    @property
    def state_bytes(self) -> int | None:
        """How many bytes the saved state has as JSON; `None` when none was saved, or none that is plain data."""
        return self._state_bytes

    @property
    def retained(self) -> list[int]:
        """The generations of the plugin that are kept, the oldest first: the previous one and the one that runs."""
        return self._retained

    @property
    def state_carried(self) -> bool:
        """Whether the running generation took over the state of the old one."""
        return self._state_carried

    @property
    def failure(self) -> tuple[str, str, str, int | None] | None:
        """What stopped the reload: phase, code, message, and the line of the file where it is known."""
        return self._failure

    @property
    def error(self) -> Exception | None:
        """What stopped the reload, as an exception; `check` raises what a plugin raised unchanged.

        It has the fields of `pairity.errors.PluginError` about the plugin that failed, which may be one that comes
        behind this one, and what the plugin raised as its `__cause__`.
        """
        return self._error

    def phase_times(self) -> dict[str, float]:
        """Return how many seconds each phase took, in their order."""
        return dict(self._operation.phase_times())

    def to_dict(self) -> ReloadReportData:
        """Return the report as plain data, with the time of each phase in seconds."""
        return cast("ReloadReportData", self._operation.reload_data())

    def check(self) -> None:
        """Raise what stopped the reload, unchanged; return when nothing did."""
        if self._cause is not None:
            raise self._cause
        self._operation.raise_failure()

    def __repr__(self) -> str:
        """Return the name, the outcome and the generation."""
        return self._text


class PluginMetrics:
    """How often a plugin was called, how often it failed, and how long that took, over all of its generations."""

    __module__ = "pairity"
    __slots__ = ("_data", "_text")

    def __init__(self, core: _Core, name: str) -> None:
        """Read the report on a plugin; only a manager has one."""
        self._data, self._text = core.metrics(name)

    @property
    def name(self) -> str:
        """The name of the plugin."""
        return self._data["name"]

    @property
    def state(self) -> str:
        """The state that it is in, as `active`, `quarantined` or `failed`."""
        return self._data["state"]

    @property
    def generation(self) -> int:
        """The generation that runs, counted from 1."""
        return self._data["generation"]

    @property
    def generations(self) -> int:
        """How many generations are kept: the running one, and the one that a rollback goes back to."""
        return self._data["generations"]

    @property
    def calls(self) -> int:
        """How many calls of `execute` and of named hooks have ended."""
        return self._data["calls"]

    @property
    def failures(self) -> int:
        """How many of them ended with an exception."""
        return self._data["failures"]

    @property
    def quarantines(self) -> int:
        """How often it was quarantined."""
        return self._data["quarantines"]

    def retry_in_ms(self) -> float | None:
        """Return for how many milliseconds it is not called, from the report on; `None` when it is not quarantined."""
        return self._data["retry_in_ms"]

    def times(self) -> PluginTimes:
        """Return how long the calls took, in microseconds; the percentiles are at most a quarter too high."""
        return self.to_dict()["times"]

    def to_dict(self) -> PluginMetricsData:
        """Return the report as a dict, ready for JSON."""
        return copy.deepcopy(self._data)

    def __repr__(self) -> str:
        """Return the name, the calls and the failures."""
        return self._text
