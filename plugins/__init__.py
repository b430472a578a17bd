"""The formats and transports that come with Beffroi, each as an integrator could write it."""
