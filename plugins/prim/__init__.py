"""PRIM (Île-de-France Mobilités): disruptions of lines, in bulk or as Navitia gives them."""
