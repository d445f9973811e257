"""The draft of a source that nobody has described yet, and the saved pages that are read beside their facts."""
