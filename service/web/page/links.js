// What belongs together lights up together: marks in the text, entries in the panel, bars in the strip.

import { find } from "./elements.js";

const wide = matchMedia("(min-width: 62rem)");

export class Links {
  #places = new Map(); // id of a finding -> the elements that show it
  #notes = new Map(); // element -> what the note beside it says
  #lit = [];
  #noted = null;

  /** Forget everything; the elements are gone. */
  clear() {
    this.#places.clear();
    this.#notes.clear();
    this.#lit = [];
    find("note").hidden = true;
  }

  /** `element` shows the finding `id`, and has part in the findings `also`. */
  add(element, { id, also = [], words = "" }) {
    element.dataset.id = id;
    for (const each of [id, ...also]) this.#places.set(each, [...(this.#places.get(each) ?? []), element]);
    if (words) this.#notes.set(element, words);
  }

  /** Light up everything that shows `id`; nothing where it is null. */
  light(id) {
    for (const element of this.#lit) element.classList.remove("lit");
    this.#lit = this.#places.get(id) ?? [];
    for (const element of this.#lit) element.classList.add("lit");
  }

  /** The element within `room` that shows `id` and can be reached with the keyboard. */
  stop(id, room) {
    const places = (this.#places.get(id) ?? []).filter((element) => room.contains(element));
    return places.find((element) => element.matches("[data-stop]") && element.getClientRects().length > 0) ?? null;
  }

  /** Follow pointer and focus within `rooms`; `across(id, room)` is called to go to the other side. */
  follow(rooms, across) {
    for (const room of rooms) {
      room.addEventListener("pointerover", (event) => this.#meet(event.target, room, false));
      room.addEventListener("pointerleave", () => this.#meet(document.activeElement, room, false));
      room.addEventListener("focusin", (event) => this.#meet(event.target, room, true));
      room.addEventListener("focusout", () => this.#meet(null, room, false));
      room.addEventListener("click", (event) => {
        if (event.target.closest(".edit")) return;
        const place = event.target.closest("[data-id]");
        if (place && (wide.matches || event.target.closest("[data-stop]")) && !getSelection().toString()) across(place.dataset.id, room);
      });
      room.addEventListener("keydown", (event) => {
        if (!event.target.matches("span[data-stop]") || !["Enter", " "].includes(event.key)) return;
        event.preventDefault(); // a span does not click itself, as a button does
        event.target.click();
      });
    }
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") find("note").hidden = true;
    });
    addEventListener("scroll", () => this.#place(), { passive: true, capture: true });
  }

  #meet(target, room, focused) {
    const place = target?.closest?.("[data-id]");
    const id = place && room.contains(place) ? place.dataset.id : null;
    this.light(id);
    this.#tell(place && this.#notes.has(place) ? place : null);
    if (id) this.#show(id, room, focused);
  }

  /** Bring the other side's place for `id` into sight, where both sides are in sight at once. */
  #show(id, room, focused) {
    if (!wide.matches) return;
    const panel = find("panel");
    if (!panel.contains(room)) {
      const entry = this.stop(id, panel);
      if (entry && panel.scrollHeight > panel.clientHeight) scrollWithin(panel, entry);
    } else if (focused) this.stop(id, find("reading"))?.scrollIntoView({ block: "nearest" });
  }

  #tell(place) {
    const note = find("note");
    note.hidden = !place;
    this.#noted = place;
    note.textContent = this.#notes.get(place) ?? "";
    this.#place();
  }

  /** Keep the note beside what it is about. */
  #place() {
    const note = find("note");
    const box = note.hidden ? null : this.#noted.getClientRects()[0];
    if (!box) return;
    const under = box.bottom + note.offsetHeight + 12 < innerHeight;
    const edge = this.#noted.closest("article")?.getBoundingClientRect().right ?? innerWidth;
    note.style.setProperty("left", `${Math.max(8, Math.min(box.left, edge - note.offsetWidth - 8))}px`);
    note.style.setProperty("top", `${under ? box.bottom + 6 : box.top - note.offsetHeight - 6}px`);
  }
}

function scrollWithin(panel, entry) {
  const [outer, inner] = [panel.getBoundingClientRect(), entry.getBoundingClientRect()];
  const head = find("tabs").offsetHeight + 8;
  if (inner.top < outer.top + head) panel.scrollTop += inner.top - outer.top - head;
  else if (inner.bottom > outer.bottom) panel.scrollTop += inner.bottom - outer.bottom + 8;
}
