"""The archive as WARC files (ISO 28500): written, and read again without loss."""
