// Ctrl+drag: every shape that the box touches is selected; with Shift they are added to those that are.
const WORLD = 40075016.68557849;

/** Put before the grips: a grip under the pointer comes first. */
export function selectByBox(room, sheet) {
  const box = new ol.interaction.DragBox({
    minArea: 40,
    condition: ({ originalEvent: event }) => (event.ctrlKey || event.metaKey) && !event.altKey && event.button === 0 && !room.tools.busy,
  });
  box.on('boxend', ({ mapBrowserEvent }) => room.tell('drawing-boxed', {
    uids: touched(room, sheet, box.getGeometry().getExtent()), more: mapBrowserEvent.originalEvent.shiftKey,
  }));
  room.map.addInteraction(box);
}

/** What is shown and not locked in an extent, in whatever copy of the world. */
function touched(room, sheet, [west, south, east, north]) {
  const uids = new Set(), turns = Math.floor((west + WORLD / 2) / WORLD);
  for (const [calque, layer] of sheet.layers) {
    const { visible, locked } = room.stack.shown(calque);
    if (!visible || locked) continue;
    for (const turn of [turns - 1, turns, turns + 1]) {
      const extent = [west - turn * WORLD, south, east - turn * WORLD, north];
      layer.getSource().forEachFeatureIntersectingExtent(extent, (feature) => {
        if (sheet.validity(feature.get('shape')) !== 'out') uids.add(feature.get('shape').uid);
      });
    }
  }
  return [...uids];
}
