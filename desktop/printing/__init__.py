"""The map on paper, as a picture, and as a page that opens anywhere."""
