"""The pictures of a report: plain data in, a self-contained SVG with its alt text and its numbers out."""
