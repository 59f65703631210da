"""All models of an app made in one step of a migration.

Django makes models one by one, and after each renders anew every model that has to do with it; here nearly all have to do
with each other, so a first start took most of a minute. Made together they are rendered once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps


class CreateModels(Operation):
    """``CreateModel`` for each of ``models``, whichever of them points at whichever."""

    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what was rendered is rendered anew when it is next asked for
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, _from_state: Any, to_state: Any) -> None:
        for model in self._allowed(app_label, schema_editor, to_state.apps):
            schema_editor.create_model(model)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, _to_state: Any) -> None:
        for model in reversed(self._allowed(app_label, schema_editor, from_state.apps)):
            schema_editor.delete_model(model)

    def describe(self) -> str:
        return f"Create {', '.join(model.name for model in self.models)}"

    def _allowed(self, app_label: str, schema_editor: Any, apps: StateApps) -> list[Any]:
        found = [apps.get_model(app_label, model.name) for model in self.models]
        return [model for model in found if self.allow_migrate_model(schema_editor.connection.alias, model)]
