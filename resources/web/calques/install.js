// Calques: what sources, drawings and queries tell, drawn in the style each calque asks for.
export function install(_room) {}
