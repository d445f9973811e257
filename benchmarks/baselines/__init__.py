"""Three readers of the same annotated articles, scored side by side: `make baselines`.

quantulum3 reads quantities, underthesea's named entities and the nearest words make a simple reader of
observations, solieu is what this repository is for.
"""
