"use strict";

const find = (id) => document.getElementById(id);
const TONES = { Active: "good", Failed: "bad", Processing: "busy" };
const kinds = new Map();
let before = new Map();

/** A new element. Text is always text, whatever signs it has. */
function make(tag, text = "", attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Bring the children of `home` into line with `items`, keeping those that stay, so that the focus stays too. */
function align(home, items, key, create, update) {
  const there = new Map([...home.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const child = there.get(String(key(item))) ?? create(item);
    there.delete(String(key(item)));
    child.dataset.key = key(item);
    if (home.children[index] !== child) home.insertBefore(child, home.children[index] ?? null);
    update(child, item);
  });
  for (const gone of there.values()) gone.remove();
}

function say(text, wrong = false) {
  find("said").classList.toggle("wrong", wrong);
  find("said").textContent = text;
}

async function send(path, body, done) {
  try {
    const answer = await fetch(`/_mock/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (answer.ok) show(told);
    say(answer.ok ? done : told.msg, !answer.ok);
    return answer.ok;
  } catch {
    say("The mock does not answer.", true);
    return false;
  }
}

function badge(element, text, tone = "") {
  write(element, text);
  element.className = `badge ${tone}`;
}

function assetRow(asset) {
  const row = make("tr");
  const cells = [make("td"), make("td"), make("td", "", { class: "left" }), make("td")];
  const buttons = make("div", "", { class: "buttons" });
  cells[0].append(make("code", asset.asset_id, { class: "id" }));
  cells[1].append(make("span"));
  for (const [word, outcome] of [["Activate", "Active"], ["Fail", "Failed"]]) {
    const button = make("button", word, { type: "button", "data-outcome": outcome });
    button.append(make("span", ` ${asset.asset_id}`, { class: "sr" }));
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      send("finish", { asset_id: asset.asset_id, outcome }, `${asset.asset_id} is ${outcome}.`);
    });
    buttons.append(button);
  }
  cells[3].append(buttons);
  row.append(...cells);
  return row;
}

/** In words, how long an asset is still Processing. */
function remaining({ status, polls, seconds }) {
  if (status !== "Processing") return "";
  if (polls === null || seconds === null) return "no end";
  if (polls === 0) return `${Math.ceil(seconds)} s`;
  return polls <= 1 ? "1 poll" : `${Math.ceil(polls)} polls`;
}

function showAsset(row, asset) {
  badge(row.cells[1].firstChild, asset.status, TONES[asset.status]);
  write(row.cells[2], remaining(asset));
  for (const button of row.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", String(asset.status === button.dataset.outcome));
  }
}

function faultLine(fault) {
  const line = make("li");
  const button = make("button", "Switch off", { type: "button" });
  button.append(make("span", ` ${fault.text}`, { class: "sr" }));
  button.addEventListener("click", async () => {
    // The button goes with its line: whoever pressed it by keyboard goes on from the form.
    if (await send("cancel", { number: fault.number }, `${fault.text} is off.`)) find("fault").elements.kind.focus();
  });
  line.append(make("span", fault.text, { class: "grow id" }), make("span", "", { class: "soft" }), button);
  return line;
}

function showFault(line, fault) {
  const { times, hits, operation, chance } = fault;
  const some = times === 1 ? "the next request" : `the next ${times} requests`;
  const which = `${times === null ? "all requests" : some}${operation ? ` to ${operation}` : ""}`;
  const odds = chance < 1 ? `, ${Math.round(chance * 100)} % of the time` : "";
  write(line.children[1], `${which}${odds}${hits ? `; ${hits} so far` : ""}`);
}

function requestRow(request) {
  const row = make("details");
  const summary = make("summary");
  const { time, status, code, ids } = request;
  const bad = status !== 200 || Number(code ?? 0) !== 0;
  const answer = [status === null ? "no answer" : `HTTP ${status}`, ...(code === null ? [] : [`code ${code}`])];
  const remarks = [request.fault && `fault: ${request.fault}`, request.problem].filter(Boolean);
  summary.append(
    make("span", `#${request.number}`, { class: "number" }),
    make("span", new Date(time * 1000).toLocaleTimeString("en-GB"), { class: "time" }),
    make("code", request.operation ?? `${request.method} ${request.path}`, { class: "what id" }),
    make("span", ids.slice(0, 3).join(", ") + (ids.length > 3 ? ` and ${ids.length - 3} more` : ""), { class: "ids id" }),
    make("span", answer.join(" · "), { class: `badge ${bad ? "bad" : "good"}` }),
    make("span", remarks.join("; "), { class: "remark id" }),
  );
  const exchange = make("div", "", { class: "exchange" });
  for (const [title, text] of [["Sent", request.sent], ["Answered", request.answered]]) {
    const part = make("div");
    part.append(make("h3", title), make("pre", text || "nothing", { tabindex: "0" }));
    exchange.append(part);
  }
  row.append(summary, exchange);
  return row;
}

function operationLine(operation) {
  const line = make("li");
  line.append(make("span", operation.method, { class: "badge" }), make("code", operation.path, { class: "grow id" }));
  line.append(make("span", operation.summary, { class: "soft" }));
  return line;
}

function list(name, items, home, total, ...how) {
  align(home, items, ...how);
  if (find(name) !== home) find(name).hidden = !items.length;
  if (find(`${name}-none`)) find(`${name}-none`).hidden = items.length > 0;
  if (find(`${name}-count`)) write(find(`${name}-count`), total ? String(total) : "");
}

/** Tell those who cannot see the table what changed by itself. */
function announce(assets) {
  const now = new Map(assets.map((asset) => [asset.asset_id, asset.status]));
  const news = [...now].filter(([id, status]) => before.has(id) && before.get(id) !== status);
  if (news.length) say(news.map(([id, status]) => `${id} is ${status}.`).slice(0, 5).join(" "));
  before = now;
}

function show(state) {
  write(find("api"), state.api);
  badge(find("link"), "live", "good");
  announce(state.assets);
  list("assets", state.assets, find("assets").tBodies[0], state.assets_total, (one) => one.asset_id, assetRow, showAsset);
  const more = state.assets_total - state.assets.length;
  find("assets-more").hidden = more === 0;
  write(find("assets-more"), `and ${more} more, added before these`);
  list("faults", state.faults, find("faults"), state.faults.length, (one) => one.number, faultLine, showFault);
  list("requests", state.requests, find("requests"), state.requests_total, (one) => one.number, requestRow, () => {});
  list("operations", state.operations, find("operations"), 0, (one) => one.method + one.path, operationLine, () => {});
  if (!kinds.size) {
    for (const kind of state.kinds) {
      kinds.set(kind.kind, kind);
      find("fault").elements.kind.append(make("option", kind.kind.replaceAll("_", " "), { value: kind.kind }));
    }
    chosen();
  }
}

/** Fit the form to the kind of fault chosen in it. */
function chosen() {
  const { kind, value } = find("fault").elements;
  const { hint, argument, preset } = kinds.get(kind.value);
  find("fault-hint").textContent = hint;
  find("value-label").hidden = !argument;
  find("value-label").firstElementChild.textContent = (argument ?? "").replaceAll("_", " ");
  value.value = preset ?? "";
}

/** What was typed, as the fault wants it: a number in place of a number, fields apart from each other. */
function typed(text, { argument, preset }) {
  if (argument === "names") return text.split(",").map((name) => name.trim());
  return typeof preset === "number" && text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
}

async function poll() {
  if (!document.hidden) {
    try {
      show(await (await fetch("/_mock/state")).json());
    } catch {
      badge(find("link"), "not running", "bad");
    }
  }
  setTimeout(poll, 1000);
}

find("add").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { asset_id: id, amount, unit, outcome } = event.target.elements;
  const asset = { asset_id: id.value.trim(), outcome: outcome.value, [unit.value]: Number(amount.value) };
  if (await send("add", asset, `${asset.asset_id} is added.`)) {
    id.value = "";
    id.focus();
  }
});

find("fault").addEventListener("submit", (event) => {
  event.preventDefault();
  const { kind, value, times } = event.target.elements;
  const chosenKind = kinds.get(kind.value);
  const fault = { kind: kind.value, times: times.value === "" ? null : Number(times.value) };
  if (chosenKind.argument && value.value !== "") fault[chosenKind.argument] = typed(value.value, chosenKind);
  send("fault", fault, `${kind.selectedOptions[0].textContent} is on.`);
});

find("fault").elements.kind.addEventListener("change", chosen);
write(find("address"), location.origin);
write(find("base"), location.origin);
poll();
