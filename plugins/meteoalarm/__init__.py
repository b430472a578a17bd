"""MeteoAlarm (EUMETNET): CAP alerts of Europe's weather services as JSON, and their zones."""
