// Elements of the page, made without markup, and one tab stop for a whole list of them.

/** An element of `tag` with `attributes`; strings among `children` become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** The element with `id`. */
export const find = (id) => document.getElementById(id);

const STOP = "[data-stop]";
const shown = (element) => element.getClientRects().length > 0;

/** Make `container` one tab stop: the arrow keys, Home and End go from one `[data-stop]` in it to the next. */
export function rove(container) {
  container.addEventListener("focusin", (event) => {
    if (event.target.matches(STOP)) hold(container, event.target);
  });
  container.addEventListener("keydown", (event) => {
    if (!event.target.matches(STOP) || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = [...container.querySelectorAll(STOP)].filter(shown);
    const at = stops.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(to, stops.length - 1))].focus();
  });
}

/** Let Tab come to `stop` in `container`; without one, to where it came before, or to the first that is shown. */
export function hold(container, stop = null) {
  const stops = [...container.querySelectorAll(STOP)];
  const held = stop ?? stops.find((one) => one.tabIndex === 0 && shown(one)) ?? stops.find(shown);
  for (const one of stops) {
    one.tabIndex = one === held ? 0 : -1;
    const edit = one.nextElementSibling; // the button beside an entry is reached through it
    if (edit?.matches(".edit")) edit.tabIndex = one.tabIndex;
  }
}
