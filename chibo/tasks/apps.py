from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "chibo.tasks"
