// The panel beside the article: the same findings by speaker, by number and by label.

import { find, hold, make, rove } from "./elements.js";
import { LABELS, UNCERTAIN, isCorrected, kindWords, labelsOf, quantityWords, speakerSigns, standing, sureWords, sureness } from "./findings.js";

const TABS = ["speakers", "numbers", "labels"];
const TAB_OF = { p: "speakers", q: "speakers", n: "numbers", s: "labels", t: "labels" };

/** Fill the three lists with what `extraction` holds; every entry is registered with `links`. */
export function fillPanel(extraction, links) {
  const entries = { speakers: bySpeaker(extraction, links), numbers: byNumber(extraction, links), labels: byLabel(extraction, links) };
  for (const [name, children] of Object.entries(entries)) {
    find(name).replaceChildren(...(children.length ? children : [make("p", { class: "none" }, `No ${name} found.`)]));
    hold(find(name));
  }
}

/** Make the tabs work, by pointer and by keyboard. */
export function setUpPanel() {
  for (const name of TABS) {
    find(`tab-${name}`).addEventListener("click", () => openTab(name));
    rove(find(name));
  }
  find("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = TABS.findIndex((name) => find(`tab-${name}`) === event.target);
    const name = TABS[(at + step + TABS.length) % TABS.length];
    openTab(name);
    find(`tab-${name}`).focus();
  });
}

/** Count what is shown in each section, and hide those where nothing is. */
export function countEntries() {
  for (const section of document.querySelectorAll("#panel section")) {
    const shown = section.querySelectorAll("li [data-stop]:not(.out)").length;
    section.hidden = shown === 0;
    section.querySelector(".count")?.replaceChildren(` · ${shown}`);
  }
}

/** Show the list that holds the finding `id`. */
export const openTabOf = (id) => openTab(TAB_OF[id[0]]);

function openTab(open) {
  for (const name of TABS) {
    find(name).hidden = name !== open;
    find(`tab-${name}`).setAttribute("aria-selected", String(name === open));
    find(`tab-${name}`).tabIndex = name === open ? 0 : -1;
  }
  hold(find(open));
}

function bySpeaker({ speakers, quotations }, links) {
  const groups = speakers.map((speaker) => [speaker, quotations.filter((quotation) => quotation.speaker === speaker.id)]);
  const signs = speakerSigns(speakers);
  const loose = quotations.filter((quotation) => !quotation.speaker);
  return [...groups, ...(loose.length ? [[null, loose]] : [])].map(([speaker, theirs]) => {
    const heading = make("h3", {}, speaker ? speaker.name : "Nobody named");
    const about = speaker ? [kindWords(speaker), speaker.role, isCorrected(speaker) && "corrected by an editor"].filter(Boolean).join(" · ") : "the article does not say who";
    const head = make("div", { class: "who" }, make("span", { class: "initials", "aria-hidden": "true" }, signs.get(speaker?.id) ?? "?"), make("div", {}, heading, make("p", {}, about)));
    if (speaker) {
      links.add(head, { id: speaker.id });
      const button = editButton(speaker.id, speaker.name, { "data-stop": true });
      links.add(button, { id: speaker.id });
      head.append(button);
    }
    return make("section", {}, head, make("ol", {}, ...theirs.map((quotation) => quotationEntry(quotation, links))));
  });
}

function quotationEntry(quotation, links) {
  const words = quotation.content.map((span) => span.text.replace(/\s+/g, " ")).join(" … ");
  const about = [standing(quotation), quotation.kind, sureWords(quotation, quotation.confidence)].filter(Boolean);
  const said = make(quotation.kind === "direct" && !/[“"]/.test(words) ? "q" : "span", { class: "words" }, words);
  return entry({ id: quotation.id, sure: quotation.confidence }, links, said, make("small", {}, about.join(" · ")));
}

function byNumber({ quantities, speakers }, links) {
  const names = new Map(speakers.map((speaker) => [speaker.id, speaker.name]));
  const rows = quantities.map((quantity) => {
    const value = make("span", { class: "value" }, make("b", {}, quantityWords(quantity)));
    const who = quantity.speaker ? names.get(quantity.speaker) : "the article";
    const text = quantity.text.replace(/\s+/g, " ");
    const about = [quantity.kind, quantity.modifier === "vague" && "vague", quantity.of && `of ${quantity.of}`, isCorrected(quantity) && "corrected by an editor"].filter(Boolean).join(" · ");
    return entry({ id: quantity.id }, links, value, text === quantityWords(quantity) ? null : make("span", { class: "as" }, `“${text}”`), make("small", {}, `${about} · says ${who}`));
  });
  return rows.length ? [make("ol", {}, ...rows)] : [];
}

function byLabel({ sentences, quoted_terms: terms }, links) {
  const groups = Object.entries(LABELS).map(([label, { name, sign }]) => {
    const theirs = sentences.filter((sentence) => sentence.label === label);
    const rows = theirs.map((sentence) => sentenceEntry(sentence, links));
    return theirs.length ? group(name, rows, sign, label) : null;
  });
  const rows = terms.map((span, index) => entry({ id: `t${index + 1}` }, links, make("q", { class: "words" }, span.text)));
  return [...groups, rows.length ? group("In quotation marks, quoting nobody", rows, "“ ”", "term") : null].filter(Boolean);
}

function sentenceEntry(sentence, links) {
  const sure = sureness(sentence);
  const others = labelsOf(sentence).slice(1).map((label) => `also ${LABELS[label].name.toLowerCase()}`);
  const about = [sureWords(sentence, sure), ...others].join(" · ");
  const words = make("span", { class: "words" }, sentence.text.replace(/\s+/g, " "));
  return entry({ id: sentence.id, sure, label: sentence.label }, links, words, make("small", {}, about));
}

const group = (name, rows, sign, kind) =>
  make("section", {}, make("h3", { class: "group" }, make("span", { class: `sign ${kind}`, "data-sign": sign }), name, make("span", { class: "count" })), make("ol", {}, ...rows));

function entry({ id, sure, label }, links, ...children) {
  const button = make("button", { type: "button", tabindex: -1, "data-stop": true, class: sure < UNCERTAIN ? "uncertain" : null }, ...children);
  links.add(button, { id });
  const edit = id[0] === "t" ? null : editButton(id, children[0].textContent);
  return make("li", { "data-sure": sure, "data-label": label }, button, edit);
}

/** The button that opens the correction of the finding `id`; a click on it is heard in page.js. */
function editButton(id, words, attributes = {}) {
  const about = words.length > 60 ? `${words.slice(0, 60)}…` : words;
  return make("button", { type: "button", class: "edit", tabindex: -1, "data-edit": id, "aria-label": `Correct: ${about}`, title: "Correct it (E)", ...attributes }, "✎");
}

