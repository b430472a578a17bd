// What floats beside the pointer: the card of what is hovered, the list to choose from.
import { on, tell } from './link.js';

const card = document.getElementById('card'), choices = document.getElementById('choices');
card.classList.add('paper');
choices.classList.add('paper');
let anchor = [0, 0], home = null;

export function begin(words) {
  on('card', (content) => showCard(content));
  on('choices', (content) => showChoices(content, words));
}

export function moveTo(pixel) {
  anchor = pixel;
  if (!card.hidden) beside(card);
}

export function hideCard() { card.hidden = true; }

export function choosing() { return !choices.hidden; }

export function hideChoices() {
  if (choices.hidden) return false;
  choices.hidden = true;
  home?.focus();
  return true;
}

function el(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function head(row) {
  const line = el('div', 'head');
  if (row.grade) line.append(el('span', `grade grade${row.gravity}`, row.grade));
  line.append(el('b', '', row.label));
  if (row.when) line.append(el('span', '', row.when));
  if (row.extra) line.append(el('span', '', row.extra));
  return line;
}

function showCard(content) {
  card.hidden = !content;
  if (!content) return;
  card.replaceChildren(head(content));
  if (content.text) card.append(el('div', 'text', content.text));
  if (content.place) card.append(el('div', 'place', content.place));
  beside(card);
}

function beside(box) {
  const { innerWidth, innerHeight } = window;
  const [x, y] = anchor, width = box.offsetWidth, height = box.offsetHeight;
  box.style.left = `${Math.max(6, x + 16 + width > innerWidth - 6 ? x - 14 - width : x + 16)}px`;
  box.style.top = `${Math.max(6, Math.min(y + 14, innerHeight - height - 6))}px`;
}

function showChoices({ title, rows, more, zoom, at }, words) {
  hideCard();
  home = document.getElementById('map');
  const top = el('header');
  top.append(el('span', '', title));
  if (zoom) top.append(button(words.zoomHere, () => { hideChoices(); tell('zoom-to', zoom); }));
  const list = el('ul');
  list.setAttribute('role', 'listbox');
  for (const row of rows) {
    const item = el('li');
    item.tabIndex = 0;
    item.setAttribute('role', 'option');
    item.append(head(row), el('div', 'text', row.text));
    item.addEventListener('click', () => tell('chosen', { uid: row.uid, open: false }));
    item.addEventListener('dblclick', () => { hideChoices(); tell('chosen', { uid: row.uid, open: true }); });
    item.addEventListener('keydown', (event) => walk(event, item, row.uid));
    list.append(item);
  }
  choices.replaceChildren(top, list);
  if (more) choices.append(el('footer', '', more));
  anchor = at;
  choices.hidden = false;
  beside(choices);
  list.firstChild?.focus();
}

function button(text, run) {
  const made = el('button', '', text);
  made.addEventListener('click', run);
  return made;
}

function walk(event, item, uid) {
  if (event.key === 'ArrowDown') item.nextSibling?.focus();
  else if (event.key === 'ArrowUp') item.previousSibling?.focus();
  else if (event.key === ' ') tell('chosen', { uid, open: false });
  else if (event.key === 'Enter') { hideChoices(); tell('chosen', { uid, open: true }); }
  else return;
  event.preventDefault();
  event.stopPropagation();
}
