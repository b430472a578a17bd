// Prints whose data is on the map now, each once.
export class Credits {
  constructor(map) {
    this.map = map;
    this.specs = [];
    this.element = document.getElementById('sources');
    map.on('moveend', () => this.write());
  }

  show(specs) {
    this.specs = specs;
    this.write();
  }

  write() {
    const zoom = this.map.getView().getZoom() ?? 0;
    const parts = new Set(this.specs
      .filter((spec) => spec.visible && zoom >= spec.min_zoom)
      .flatMap((spec) => spec.attribution.split(/\s*;\s*/)));
    const longer = [...parts].filter((part) => ![...parts].some((other) => other !== part && other.startsWith(part)));
    this.element.textContent = longer.join(' · ');
  }
}
