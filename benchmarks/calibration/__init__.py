"""How sure a reading is, fitted on annotated articles: the weights of extractors/catalogue/confidence.yml."""
