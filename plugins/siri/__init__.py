"""SIRI (CEN/TS 15531) SX, ET, SM, VM and GM: XML, SOAP, and the JSON of SIRI Lite."""
