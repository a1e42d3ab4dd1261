"""What the environment may set. A bad value stops the start and names its variable."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from plazo.kit import secret_files

ROOT = Path(__file__).resolve().parents[3]


class Environment(BaseSettings):
    """Variables `PLAZO_…`, and `DATABASE_URL`. A secret may come as `…_FILE` instead."""

    model_config = SettingsConfigDict(env_prefix="PLAZO_", extra="ignore")

    data_dir: Path = ROOT / "var"
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    secret_key: str = ""
    secret_key_file: Path | None = None
    debug: bool = False
    hosts: list[str] = ["localhost", "127.0.0.1"]
    base_url: str = "http://127.0.0.1:8000"
    https: bool = False
    desk_name: str = "Mesa de ayuda"
    email_transport: Literal["file", "console", "smtp"] = "file"
    email_from: str = "Mesa de ayuda <mesa@plazo.example>"
    email_host: str = "127.0.0.1"
    email_port: int = 25
    email_user: str = ""
    email_password: str = ""
    email_password_file: Path | None = None
    email_tls: bool = True
    email_lease_seconds: int = Field(default=120, gt=0)
    email_answer_seconds: int = Field(default=600, gt=0)
    max_upload_mb: int = Field(default=25, gt=0)

    @model_validator(mode="after")
    def _fill(self) -> Environment:
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'plazo.sqlite3'}"
        if self.secret_key_file is not None:
            self.secret_key = self.secret_key_file.read_text().strip()
        if self.email_password_file is not None:
            self.email_password = self.email_password_file.read_text().strip()
        if not self.secret_key:
            self.secret_key = secret_files.kept(self.data_dir / "secret_key", strength=50)
        return self
