// Anchors annotations in a text with the selectors of Apache Annotator, and prints what each finds.
// In: {"text", "selectors": [[quote, position], ...]} on standard input. Out: [[words by quote, count], ...].
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><main></main>");
for (const name of ["document", "Range", "Node", "NodeFilter", "Text"]) globalThis[name] = window[name];
const { createTextQuoteSelectorMatcher, createTextPositionSelectorMatcher } = await import("@apache-annotator/dom");

const { text, selectors } = JSON.parse(readFileSync(0, "utf8"));
const main = window.document.querySelector("main");
main.textContent = text;

async function find(matcher) {
  const found = [];
  for await (const range of matcher(main)) found.push(range.toString());
  return found;
}

const answers = [];
for (const [quote, position] of selectors)
  answers.push({
    quote: await find(createTextQuoteSelectorMatcher(quote)),
    position: await find(createTextPositionSelectorMatcher(position)),
  });
process.stdout.write(JSON.stringify(answers));
