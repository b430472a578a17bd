"""Spreadsheets: XLSX, XLS, XLSB and ODS, one sheet or all."""
