"""The desktop application: windows over the domain of `beffroi`."""
