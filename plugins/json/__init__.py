"""Any JSON: records found by path, their places by the names of their fields."""
