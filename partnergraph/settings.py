"""Settings from the environment, read once a command; an option on the command line wins."""

from __future__ import annotations

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_DB = "partnergraph.db"


class Settings(BaseSettings):
    """Where the graph is and how to log in.

    ``PARTNERGRAPH_DB`` is a folder (embedded engine) or a Bolt address; without it the
    ``NEO4J_*`` variables that other Neo4j tools know are honoured.
    """

    model_config = SettingsConfigDict(env_ignore_empty=True, populate_by_name=True)

    db: str = Field(
        DEFAULT_DB, validation_alias=AliasChoices("PARTNERGRAPH_DB", "NEO4J_URI", "NEO4J_URL")
    )
    user: str | None = Field(None, validation_alias=AliasChoices("NEO4J_USERNAME", "NEO4J_USER"))
    password: SecretStr | None = Field(None, validation_alias="NEO4J_PASSWORD")
    database: str | None = Field(None, validation_alias="NEO4J_DATABASE")
    model: str | None = Field(None, validation_alias="PARTNERGRAPH_MODEL")
