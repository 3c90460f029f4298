// Setting a finding right: one dialog for every kind, what it sends to the service, and taking it back.

import { find, make } from "./elements.js";
import { KINDS, LABELS, QUANTITY_KINDS, labelsOf, quantityWords } from "./findings.js";

const ADDRESS = new URL("/v1/corrections", location.href).href;
const NOUNS = { s: "sentence", q: "quotation", p: "speaker", n: "quantity" };
const ALSO = Object.keys(LABELS).filter((label) => label !== "factual_statement");

let send = null; // (method, address, body) => response; an Error in a sentence
let done = null; // called with the id of the finding once its correction is kept or taken back
let open = null; // the finding in the dialog, with its extraction

/** Make the dialog work; `request` reaches the service, `reread` shows the article anew. */
export function setUpCorrections(request, reread) {
  [send, done] = [request, reread];
  find("correction-form").addEventListener("submit", (event) => {
    event.preventDefault();
    act(save);
  });
  find("correction-back").addEventListener("click", () => act(takeBack));
  find("correction-cancel").addEventListener("click", () => find("correction").close());
  find("correction-fields").addEventListener("change", settleLabels);
  find("correction-fields").addEventListener("input", settleRange);
}

/** Open the dialog for the finding `id` of `extraction`, unless nothing in it can be set right. */
export function openCorrection(id, extraction) {
  const finding = NOUNS[id?.[0]];
  const found = finding && listOf(extraction, finding).find((one) => one.id === id);
  if (!found) return;
  open = { id, finding, found, extraction };
  find("correction-name").textContent = `Correct this ${finding}`;
  find("correction-words").textContent = wordsOf(open);
  find("correction-fields").replaceChildren(...FIELDS[finding](found, extraction));
  find("correction-back").hidden = found.corrections.length === 0;
  find("correction-alert").hidden = true;
  settleLabels();
  find("correction").showModal();
  const [first] = find("correction-fields").querySelectorAll("input:checked, input:not([type=radio])");
  first.focus();
  first.select?.();
}

const listOf = (extraction, finding) => extraction[finding === "quantity" ? "quantities" : `${finding}s`];

function wordsOf({ finding, found }) {
  if (finding === "quotation") return found.content.map((span) => span.text).join(" … ");
  return finding === "speaker" ? found.name : found.text;
}

const FIELDS = {
  sentence: (sentence) => {
    const held = labelsOf(sentence);
    const radio = ([label, { name, sign }]) => choice("radio", "label", label, name, sign, label === sentence.label);
    const box = (label) => choice("checkbox", "also", label, LABELS[label].name, LABELS[label].sign, held.slice(1).includes(label));
    return [
      make("fieldset", {}, make("legend", {}, "It is, on the whole"), ...Object.entries(LABELS).map(radio)),
      make("fieldset", {}, make("legend", {}, "There is also, in part"), ...ALSO.map(box)),
      make("p", { class: "hint" }, "What is no quotation any more loses the words it quoted; what becomes one can be given its speaker next."),
    ];
  },
  quotation: (quotation, { speakers }) => [
    field("Speaker", make("input", { name: "speaker", list: "correction-names", maxlength: 500, autocomplete: "off", value: speakers.find((one) => one.id === quotation.speaker)?.name ?? "" })),
    make("datalist", { id: "correction-names" }, ...speakers.map(({ name }) => make("option", { value: name }))),
    make("p", { class: "hint" }, "Empty: the article does not say."),
  ],
  speaker: (speaker) => [
    field("Name", make("input", { name: "name", maxlength: 500, required: true, pattern: ".*\\S.*", autocomplete: "off", value: speaker.name })),
    field("Role", make("input", { name: "role", maxlength: 500, autocomplete: "off", value: speaker.role ?? "" })),
    field("Kind", select("kind", Object.entries(KINDS), speaker.kind)),
    make("p", { class: "hint" }, "The name of another speaker makes the two one. A role may be empty."),
  ],
  quantity: (quantity) => [
    field("Value", make("input", { name: "value", type: "number", step: "any", required: true, value: quantity.value })),
    field("Upper end", make("input", { name: "upper", type: "number", step: "any", value: quantity.upper })),
    field("Unit", make("input", { name: "unit", maxlength: 500, autocomplete: "off", value: quantity.unit ?? "" })),
    field("Kind", select("kind", QUANTITY_KINDS.map((kind) => [kind, kind]), quantity.kind)),
    make("p", { class: "hint" }, `Now read as ${quantityWords(quantity)}. Only a range has an upper end; money takes a currency’s code, such as EUR.`),
  ],
};

const field = (name, input) => make("label", { class: "field" }, make("span", {}, name), input);

function choice(type, name, value, words, sign, checked) {
  const input = make("input", { type, name, value, checked });
  return make("label", {}, input, make("span", { class: `sign ${value}`, "data-sign": sign, "aria-hidden": "true" }), words);
}

function select(name, options, chosen) {
  return make("select", { name }, ...options.map(([value, words]) => make("option", { value, selected: value === chosen }, words)));
}

/** A label cannot be there besides itself, and nothing is there besides a fact. */
function settleLabels() {
  const label = find("correction-form").elements.label?.value;
  for (const box of find("correction-fields").querySelectorAll("[name=also]")) {
    box.disabled = label === "factual_statement" || box.value === label;
    if (box.disabled) box.checked = false;
  }
}

/** A range cannot end before it begins. */
function settleRange() {
  const { value, upper } = find("correction-form").elements;
  const wrong = upper?.value && Number(upper.value) < Number(value.value);
  upper?.setCustomValidity(wrong ? "Must not be less than the value." : "");
}

/** What the fields say, as the service takes it. */
function readFields() {
  const data = new FormData(find("correction-form"));
  const words = (name) => data.get(name)?.trim() || null;
  const number = (name) => (data.get(name) ? Number(data.get(name)) : null);
  return {
    sentence: () => ({ label: data.get("label"), also: data.getAll("also") }),
    quotation: () => ({ speaker: words("speaker") }),
    speaker: () => ({ name: words("name"), role: words("role"), kind: data.get("kind") }),
    quantity: () => ({ value: number("value"), upper: number("upper"), unit: words("unit"), kind: data.get("kind") }),
  }[open.finding]();
}

/** Where the finding stands, in code points; the page counts as JavaScript does. */
function placeOf({ finding, found, extraction }) {
  const said = () => extraction.quotations.find((quotation) => quotation.speaker === found.id).content[0];
  const pieces = { quotation: () => found.content, speaker: () => [found.mentions[0] ?? said()] }[finding]?.() ?? [found];
  const points = (at) => [...extraction.text.slice(0, at)].length;
  return { start: points(pieces[0].start), end: points(Math.max(...pieces.map((piece) => piece.end))) };
}

async function save() {
  const { finding, extraction } = open;
  const kept = find("correction-keep").checked ? { text: extraction.text } : {};
  const body = { text_hash: extraction.text_hash, finding, ...placeOf(open), ...readFields(), ...kept };
  await send("POST", ADDRESS, JSON.stringify(body));
}

async function takeBack() {
  for (const id of open.found.corrections) await send("DELETE", `${ADDRESS}/${id}`).catch((error) => { if (error.status !== 404) throw error; });
}

/** Do `what`, then show the article anew; where it cannot be done, say why and stay. */
async function act(what) {
  const form = find("correction-form");
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  let said = "";
  try {
    await what();
  } catch (error) {
    said = error.message;
  }
  form.removeAttribute("aria-busy");
  find("correction-alert").textContent = said;
  find("correction-alert").hidden = !said;
  if (said) return;
  find("correction").close();
  await done(open.id, what === save ? "Corrected" : "Taken back");
}
