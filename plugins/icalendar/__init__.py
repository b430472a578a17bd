"""iCalendar (RFC 5545): events of calendars."""
