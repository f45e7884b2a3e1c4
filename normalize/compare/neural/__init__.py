"""Quality estimated by models in folders of the user's own, without a network (docs/models.md)."""
