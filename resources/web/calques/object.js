// The card of an object that was clicked: all that its source says of it, and what one can do with it.
/** Pixels that the card takes at the right of the map. */
export const WIDTH = 400;
const card = document.createElement('aside');
card.id = 'object';
card.className = 'paper';
card.hidden = true;
card.setAttribute('role', 'dialog');
document.body.append(card);
let closed = () => {};

export function hide() {
  if (card.hidden) return false;
  card.hidden = true;
  closed();
  document.getElementById('map').focus();
  return true;
}

function el(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** `content` as desktop/layers/cards.py makes it; `act(id)` when a button is pressed. */
export function show(content, act, onClose) {
  closed = onClose;
  const head = el('header');
  const close = el('button', 'close', '×');
  close.setAttribute('aria-label', content.close);
  close.addEventListener('click', hide);
  head.append(el('b', '', content.title), close);
  const top = el('div', 'top');
  top.append(el('div', 'calque', content.calque));
  for (const line of content.times) top.append(el('div', 'when', line));
  if (content.aged) top.append(el('div', 'aged', content.aged));
  const table = el('dl');
  for (const [name, value] of content.fields) table.append(el('dt', '', name), el('dd', '', value));
  const foot = el('footer');
  for (const { id, words } of content.actions) {
    const button = el('button', '', words);
    button.addEventListener('click', () => act(id));
    foot.append(button);
  }
  const body = el('div', 'body');
  body.tabIndex = 0;
  body.append(top, table);
  if (content.source) body.append(el('div', 'source', content.source));
  card.setAttribute('aria-label', content.title);
  card.replaceChildren(head, body, foot);
  card.hidden = false;
}
