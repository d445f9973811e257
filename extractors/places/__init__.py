"""Places: the units of the country with their history, and which of them the words of an article mean.

gazetteer → names → tokens → finding (with cues, bearers, abroad) → mentions → article (with units, own)
"""
