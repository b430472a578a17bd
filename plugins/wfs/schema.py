"""What a layer is made of (DescribeFeatureType): its fields, to prepare a mapping before asking."""

from collections.abc import Iterator

from beffroi.plugin import Record, flat, xml


def records(root: xml.Element) -> Iterator[Record]:
    """One record per field of each type."""
    for kind in xml.every(root, "complexType"):
        for field in xml.every(kind, "element"):
            name = str(field.get("name") or field.get("ref") or "")
            fields = {
                "layer": str(kind.get("name") or "").removesuffix("Type"),
                "field": name,
                "type": field.get("type"),
                "optional": field.get("minOccurs") == "0",
            }
            yield Record(id=f"{fields['layer']}.{name}", properties=flat(fields), title=name)
