"""The map: the flow of a call as a picture, and the same in words."""
