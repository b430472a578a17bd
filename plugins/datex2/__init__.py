"""DATEX II v2 and v3 (CEN/TS 16157), in XML, SOAP or JSON, and CIFS, its little cousin."""
