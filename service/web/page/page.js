// The page: takes an article, asks the service, shows what it found.

import { openCorrection, setUpCorrections } from "./corrections.js";
import { find, hold, rove } from "./elements.js";
import { sureness } from "./findings.js";
import { Links } from "./links.js";
import { countEntries, fillPanel, openTabOf, setUpPanel } from "./panel.js";
import { layOut } from "./reading.js";
import { drawStrip } from "./strip.js";

const ADDRESS = new URL("/v1/extractions", location.href).href;
const FORMATS = { md: "markdown", markdown: "markdown", html: "html", htm: "html" };
const links = new Links();
let asked = null; // the body of the call whose answer is shown
let found = null; // that answer
let running = null;

/** The service's answer to `body` as `accept`; an Error that says in a sentence why there is none. */
const call = (body, accept, signal) => request("POST", ADDRESS, body, accept, signal);

async function request(method, address, body, accept = "application/json", signal = undefined) {
  const headers = { Accept: accept, ...(body && { "Content-Type": "application/json" }) };
  if (find("key").value) headers.Authorization = `Bearer ${find("key").value}`;
  const response = await fetch(address, { method, headers, body, signal }).catch((error) => {
    throw error.name === "AbortError" ? error : new Error("The service cannot be reached.");
  });
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({ title: response.statusText }));
  if (response.status === 401) {
    find("key-row").hidden = false;
    find("key").focus();
  }
  const faults = (problem.errors ?? []).map((fault) => fault.message ?? fault.detail);
  throw Object.assign(new Error([problem.detail ?? problem.title, ...faults].join(" ")), { status: response.status });
}

async function read(event) {
  event?.preventDefault();
  await ask(JSON.stringify({ text: find("text").value, format: find("format").value, offset_unit: "utf16" }));
}

/** Ask for what is in the article of `body` and show it; whether that came to its end. */
async function ask(body) {
  running?.abort();
  running = new AbortController();
  complain("");
  find("status").textContent = "Reading …";
  find("read").setAttribute("aria-busy", "true");
  const began = performance.now();
  try {
    found = await (await call(body, "application/json", running.signal)).json();
    const again = asked === body;
    asked = body;
    show(performance.now() - began);
    if (!again) find("overview").scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (error.name === "AbortError") return false;
    find("status").textContent = "";
    complain(error.message);
  }
  find("read").removeAttribute("aria-busy");
  return find("alert").hidden;
}

/** Show the shown article anew, with the finding `id` in focus where it is still there. */
async function reread(id, outcome) {
  const room = find("panel").contains(document.activeElement) ? find("panel") : find("reading");
  const off = switchedOff();
  if (!(await ask(asked))) return;
  for (const label of off) document.querySelector(`#strip input[value=${label}]`).checked = false;
  filter();
  find("status").textContent = `${outcome}. ${find("status").textContent}`;
  const place = links.stop(id, room) ?? links.stop(id, find("panel")) ?? find("reading");
  place.focus({ preventScroll: true });
  place.scrollIntoView({ block: place === find("reading") ? "nearest" : "center", behavior: "instant" });
}

const switchedOff = () => [...document.querySelectorAll("#strip input:not(:checked)")].map((box) => box.value);

/** Open the correction that a click on a pencil, or the key E on a finding, asks for. */
function setUpEditing(room) {
  room.addEventListener("click", (event) => openCorrection(event.target.closest(".edit")?.dataset.edit, found));
  room.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "e" || event.altKey || event.ctrlKey || event.metaKey) return;
    if (!event.target.matches("[data-stop], .edit")) return;
    event.preventDefault();
    openCorrection(event.target.dataset.edit ?? event.target.dataset.id, found);
  });
}

function complain(words) {
  find("alert").textContent = words;
  find("alert").hidden = !words;
}

function show(took) {
  links.clear();
  find("reading").replaceChildren(...layOut(found, links));
  find("strip").replaceChildren(...drawStrip(found, links, filter));
  fillPanel(found, links);
  find("curl").textContent = curl();
  find("result").hidden = false;
  find("entry").open = false;
  find("entry-name").textContent = "Another article";
  hold(find("reading"));
  filter();
  find("status").textContent = summary(took);
}

function summary(took) {
  const { sentences, quotations, speakers, quantities, warnings, model } = found;
  const count = (list, one, many = `${one}s`) => `${list.length} ${list.length === 1 ? one : many}`;
  const counts = [count(sentences, "sentence"), count(quotations, "quotation"), count(speakers, "speaker"), count(quantities, "quantity", "quantities")];
  const notes = warnings.map((warning) => ` ${warning.detail}`).join("");
  return `${counts.join(", ")}; ${model.name} ${model.version}, ${(took / 1000).toFixed(1)} s.${notes}`;
}

/** Hide what the switched-off labels and the least confidence leave out, in text, panel and strip. */
function filter() {
  const least = Number(find("least").value) / 100;
  const labels = [...document.querySelectorAll("#strip input:checked")].map((box) => box.value);
  find("least-words").textContent = `${Math.round(least * 100)}%`;
  const out = new Map(found.sentences.map((sentence) => [sentence.id, sentence.label && (!labels.includes(sentence.label) || sureness(sentence) < least)]));
  for (const { id, confidence, sentences } of found.quotations) {
    out.set(id, confidence < least || sentences.every((sentence) => out.get(sentence)));
  }
  for (const { id, sentence } of found.quantities) out.set(id, Boolean(out.get(sentence)));
  for (const element of document.querySelectorAll("#result [data-id]")) element.classList.toggle("out", Boolean(out.get(element.dataset.id)));
  countEntries();
  for (const room of ["reading", "speakers", "numbers", "labels"]) hold(find(room));
}

/** Go from a place in the text or the strip to the panel's entry, and back. */
function across(id, room) {
  if (room !== find("panel")) openTabOf(id);
  const stop = links.stop(id, find(room === find("panel") ? "reading" : "panel"));
  stop?.scrollIntoView({ block: room === find("panel") ? "center" : "nearest" });
  stop?.focus({ preventScroll: true });
}

function curl() {
  const key = find("key").value ? ["  -H \"Authorization: Bearer $ASCRIBE_KEY\" \\"] : [];
  const lines = [`curl -sS ${ADDRESS} \\`, "  -H 'Content-Type: application/json' \\", ...key, "  --data-binary @- <<'ARTICLE'", asked, "ARTICLE"];
  return `${lines.join("\n")}\n`;
}

async function copy(words, name) {
  try {
    await navigator.clipboard.writeText(words);
    find("status").textContent = `${name} copied, ${words.length.toLocaleString("en")} characters.`;
  } catch {
    complain("The browser does not let this page use the clipboard; it does on https and on this machine's own address.");
  }
}

async function copyAs(event) {
  const { accept } = event.target.dataset;
  try {
    await copy(await (await call(asked, accept)).text(), event.target.textContent.replace("Copy ", ""));
  } catch (error) {
    complain(error.message);
  }
}

/** Put `text` into the form as an article of `format` and read it. */
function take(text, format) {
  find("text").value = text;
  find("format").value = format;
  read();
}

async function takeFile(file) {
  const ending = file.name.split(".").at(-1).toLowerCase();
  if (!["txt", ...Object.keys(FORMATS)].includes(ending)) return complain(`'${file.name}' is none of .txt, .md and .html.`);
  return take(decode(await file.arrayBuffer()), FORMATS[ending] ?? "text");
}

/** Bytes as UTF-8, or where they are not, as old Windows programs write. */
function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function takeSeed(event) {
  const [option] = event.target.selectedOptions;
  if (!option.value) return;
  const response = await fetch(`/page/seeds/${encodeURIComponent(option.value)}`);
  if (response.ok) take(await response.text(), option.dataset.format);
  else complain("That article is gone.");
}

function setUpDrop() {
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    const text = event.dataTransfer.getData("text/plain");
    if (file) takeFile(file);
    else if (text) take(text, "text");
  });
}

find("form").addEventListener("submit", read);
find("text").addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) find("form").requestSubmit(); });
find("text").addEventListener("input", ({ target }) => { if (/^\s*<(!doctype|html|p|div|article|h1)\b/i.test(target.value)) find("format").value = "html"; });
find("file").addEventListener("change", ({ target }) => target.files[0] && takeFile(target.files[0]));
find("seed")?.addEventListener("change", takeSeed);
find("least").addEventListener("input", filter);
for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", copyAs);
find("copy-curl").addEventListener("click", () => copy(curl(), "curl"));
setUpDrop();
setUpPanel();
setUpCorrections(request, reread);
for (const room of ["reading", "panel"]) setUpEditing(find(room));
rove(find("reading"));
links.follow([find("reading"), find("panel"), find("strip")], across);
