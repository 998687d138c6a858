"""The results in words and pictures: for the terminal, as Markdown, as a page, as a methods section."""
