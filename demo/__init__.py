"""An invented community of tea drinkers, gardeners and cyclists, in the networks' own formats."""
