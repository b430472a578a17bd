"""Moving objects, the bubbles and corridors around them, and the alerts that these raise."""
