"""What the operator decides: SOLIEU_* in the environment or in .env, with defaults that just work."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.problems import SettingsProblem


class Settings(BaseSettings):
    """Every setting is the environment variable SOLIEU_<NAME>; relative paths start at the working folder."""

    model_config = SettingsConfigDict(
        env_prefix="SOLIEU_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: SecretStr | None = None
    """Any SQLAlchemy URL; without one, SQLite at <data_dir>/db/solieu.db."""
    data_dir: Path = Path("data")
    raw_url: SecretStr | None = None
    """Any fsspec URL for the archive; without one, the folder <data_dir>/raw."""
    corrections: Path | None = None
    """What the operator puts right; without one, <data_dir>/corrections.yml, which need not be there."""
    sources_dir: Path = Path(__file__).parent / "sources"
    schedule_cron: str = "0 2 * * *"
    schedule_timezone: str = "Asia/Ho_Chi_Minh"
    prefect_port: int = Field(4200, ge=1, le=65535)
    user_agent: str = "Mozilla/5.0 (compatible; solieu/0.1)"
    """Honest, and shaped like a browser's: some provincial sites refuse anything else."""
    contact: str | None = None
    """An address for a site's owner, added to the user agent."""
    batch_size: int = Field(50, ge=1)
    """Articles a task: Prefect's cost is by the task."""
    report: Literal["vi", "en", "off"] = "vi"
    """The language of the pages that every night brings up to date, or `off`."""

    @property
    def database(self) -> str:
        """The database URL, with its password: for the engine only, never for a message."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{quote(str(self.data_dir / 'db' / 'solieu.db'), safe='/')}"

    @property
    def raw(self) -> Path | str:
        """Where the archive is: a URL, with its credentials, is for the archive only, never for a message."""
        return self.raw_dir if self.raw_url is None else self.raw_url.get_secret_value()

    @property
    def raw_dir(self) -> Path:
        """Where the archive is when no URL says otherwise."""
        return self.data_dir / "raw"

    @property
    def report_dir(self) -> Path:
        """Where the pages are when a command says nothing else."""
        return self.data_dir / "report"

    @property
    def corrections_file(self) -> Path:
        """Where the operator's corrections are."""
        return self.corrections or self.data_dir / "corrections.yml"

    @property
    def agent(self) -> str:
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent


def read_settings() -> Settings:
    """The settings of this moment. Raises SettingsProblem naming each variable that cannot be read."""
    try:
        return Settings()
    except ValidationError as error:
        bad = [f"SOLIEU_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsProblem("; ".join(bad)) from None


def prepare_prefect(settings: Settings, level: str = "WARNING") -> None:
    """Give Prefect its home under data/ and a log level. Call before Prefect is imported.

    What the operator set stands, but for telemetry, which is off for everyone. Raises SettingsProblem when the home
    cannot be written: Prefect itself would say so in a hundred lines.
    """
    home = Path(os.environ.setdefault("PREFECT_HOME", str(settings.data_dir.resolve() / "prefect")))
    home.mkdir(parents=True, exist_ok=True)
    if shut := [path for path in (home, home / "prefect.db") if path.exists() and not os.access(path, os.W_OK)]:
        raise SettingsProblem(f"{shut[0]}: cannot be written, and Prefect keeps its runs there (PREFECT_HOME)")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", level)
    os.environ.setdefault("PREFECT_LOGGING_INTERNAL_LEVEL", level)
    os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", level)
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "60")  # 20 are few for a busy machine
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS"] = "false"
    os.environ["DO_NOT_TRACK"] = "1"
