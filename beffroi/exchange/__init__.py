"""Entries leave for a spreadsheet or a map, and come in from one: CSV, XLSX, GeoJSON, GeoPackage."""

from beffroi.exchange.exporting import ExportReport, export_entries
from beffroi.exchange.importing import ImportReport, import_entries
from beffroi.exchange.problems import Problem

__all__ = ["ExportReport", "ImportReport", "Problem", "export_entries", "import_entries"]
