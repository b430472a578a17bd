"""WMS 1.1 and 1.3 (OGC 01-068, 06-042): the layers of images that a service draws."""
