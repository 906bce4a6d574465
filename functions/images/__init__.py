"""The pictures' HTTP API: upload tickets, lists, one picture, download, delete, and what the page needs to start."""
