// Prints whose data is on the map now, each once.
export class Credits {
  constructor(map) {
    this.map = map;
    this.specs = [];
    this.others = [];
    this.element = document.getElementById('sources');
    map.on('moveend', () => this.write());
  }

  show(specs) {
    this.specs = specs;
    this.write();
  }

  /** Whose data the calques show now. */
  more(attributions) {
    this.others = attributions;
    this.write();
  }

  write() {
    const zoom = this.map.getView().getZoom() ?? 0;
    const parts = new Set(this.specs
      .filter((spec) => spec.visible && zoom >= spec.min_zoom)
      .map((spec) => spec.attribution).concat(this.others)
      .flatMap((attribution) => attribution.split(/\s*;\s*/)));
    const longer = [...parts].filter((part) => ![...parts].some((other) => other !== part && other.startsWith(part)));
    this.element.textContent = longer.join(' · ');
  }
}
