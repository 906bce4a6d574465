"""Captioning: messages on its queues, dead letters, pausing, captioning every picture again."""
