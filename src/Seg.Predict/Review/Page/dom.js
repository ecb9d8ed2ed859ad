'use strict';

const byId = (id) => document.getElementById(id);

/** Makes an element. Strings become text, never markup: names of files and classes may hold anything. Functions become listeners. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (typeof value === 'boolean') made.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function svgElement(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** 0.8351 as "83.5 %"; "–" for what is not known. */
function percent(value, digits = 1) {
  return value === null || value === undefined ? '–' : `${(100 * value).toFixed(digits)} %`;
}

/** A group of buttons of which one is chosen. */
function choiceOf(label, options, chosen, choose) {
  const buttons = options.map(([value, text]) => element('button', {
    type: 'button', 'data-value': value, 'aria-pressed': String(value === chosen),
    click: () => { mark(value); choose(value); },
  }, text));
  const mark = (value) => buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.value === value)));
  const group = element('div', { class: 'segments', role: 'group', 'aria-label': label }, ...buttons);
  return { group, buttons, mark };
}

/** Calls at most once a frame. */
function onceAFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; work(); });
  };
}

let toastEnds = 0;

/** Says something for a moment. */
function toast(text, milliseconds = 2600) {
  const box = byId('toast');
  (document.querySelector('dialog[open]') ?? document.body).append(box);   // above a dialog, else it would hide behind it
  box.textContent = text;
  box.classList.add('shown');
  clearTimeout(toastEnds);
  toastEnds = setTimeout(() => box.classList.remove('shown'), milliseconds);
}
