"""What the environment may set. A bad value stops the start and names its variable."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

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

    @field_validator("database_url")
    @classmethod
    def _is_ours(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:", "postgres:", "postgresql:")):
            raise ValueError(
                "DATABASE_URL: escriba postgresql://usuario:clave@equipo/base, o quítela para usar SQLite."
            )
        return url

    @model_validator(mode="after")
    def _fill(self) -> Environment:
        with _usable("DATA_DIR", self.data_dir):
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not self.secret_key and self.secret_key_file is None:
                self.secret_key = secret_files.kept(self.data_dir / "secret_key", strength=50)
        if not self.database_url:
            self.database_url = f"sqlite:///{self.data_dir / 'plazo.sqlite3'}"
        if self.secret_key_file is not None:
            with _usable("SECRET_KEY_FILE", self.secret_key_file):
                self.secret_key = self.secret_key_file.read_text().strip()
        if self.email_password_file is not None:
            with _usable("EMAIL_PASSWORD_FILE", self.email_password_file):
                self.email_password = self.email_password_file.read_text().strip()
        return self


@contextmanager
def _usable(variable: str, path: Path) -> Iterator[None]:
    """What the system says of a path that a variable names, in our words. ValueError."""
    try:
        yield
    except PermissionError as error:
        raise ValueError(f"PLAZO_{variable}: este usuario no tiene permiso sobre {path}.") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ValueError(f"PLAZO_{variable}: {path} no existe ni se puede crear.") from error
    except (FileExistsError, IsADirectoryError) as error:
        raise ValueError(f"PLAZO_{variable}: {path} no es lo que se espera, carpeta o archivo.") from error
    except OSError as error:
        raise ValueError(f"PLAZO_{variable}: no se puede usar {path} ({error.strerror}).") from error


_LIST: Final = 'una lista como ["mesa.example"]'
_EXPECTED: Final = {
    "int_parsing": "un número entero",
    "bool_parsing": "true o false",
    "greater_than": "un número mayor que 0",
    "path_type": "una ruta",
    "list_type": _LIST,
}


def words(error: ValidationError | SettingsError) -> str:
    """One line for each value that cannot be used: the variable, what it holds and what to write."""
    if isinstance(error, SettingsError):  # only a list is read before it is checked, and there is one
        return f"PLAZO_HOSTS: «{os.environ.get('PLAZO_HOSTS', '')}» no sirve. Escriba {_LIST}."
    return "\n".join(_line(fault) for fault in error.errors())


def _line(fault: ErrorDetails) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    field = str(fault["loc"][0])
    variable = field if field.isupper() else f"PLAZO_{field.upper()}"
    expected = _EXPECTED.get(fault["type"]) or fault.get("ctx", {}).get("expected") or fault["msg"]
    return f"{variable}: «{fault['input']}» no sirve. Escriba {str(expected).replace(' or ', ' o ')}."
