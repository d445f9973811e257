"""What an operator puts right: the file, what its entries mean in an article, and the queue as questions."""
