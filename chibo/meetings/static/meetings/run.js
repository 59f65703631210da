/* The chair's page keeps what is tapped and typed until the server has it: through a lost line, a closed tab, a second
   secretary. Each entry has a token of its own, so that one sent twice is written once. Without this script every form
   is a plain form. */
const doc = document, all = (what, from = doc) => [...from.querySelectorAll(what)];
const waiting = doc.getElementById("waiting"), refused = doc.getElementById("refused"), say = waiting.dataset;
const shelf = `chibo:run:${say.who}:${location.pathname}:`;
const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
const hour = () => new Date().toTimeString().slice(0, 5);
const csrf = () => doc.querySelector("[name=csrfmiddlewaretoken]");
let count = 0, kept = 0, flying = "", busy = false, timer, note = "";
const origin = new Map(), pristine = new Map();

// the shelf: one key for each entry, so that two tabs never overwrite one another; where nothing may be kept, memory
const memory = Object.create({
  getItem(key) { return this[key] ?? null; }, setItem(key, text) { this[key] = text; }, removeItem(key) { delete this[key]; },
});
const store = (() => {
  try { localStorage.setItem(`${shelf}?`, ""); localStorage.removeItem(`${shelf}?`); return localStorage; } catch (no) { return memory; }
})();
const keys = () => Object.keys(store).filter((key) => key.startsWith(shelf)).sort();
const read = (key) => JSON.parse(store.getItem(key) || "null");
const put = (key, entry) => store.setItem(key, JSON.stringify(entry));
const pending = (url) => keys().find((key) => key !== flying && read(key).url === url);

function keep(entry, form) {
  const earlier = entry.latest && pending(entry.url);
  if (earlier) {
    const before = read(earlier);
    entry.fields = entry.fields.map(([name, value]) => [name, /seen_version$/.test(name) ? field(before, name) ?? value : value]);
  }
  const key = earlier || `${shelf}${Date.now()}-${String(count += 1).padStart(6, "0")}`;
  put(key, entry);
  kept += 1;
  if (form) origin.set(key, form);
  tell();
  flush();
}
const field = (entry, name) => (entry.fields.find(([one]) => one === name) || [])[1];

function tell() {
  const left = keys().map(read), words = left.length ? say.waiting.replace("%n", left.length) : "";
  waiting.hidden = !left.length;
  if (left.length || waiting.dataset.had) {
    const list = doc.createElement("span");
    list.className = "muted";
    list.textContent = left.slice(-5).map((entry) => entry.say).join("; ");
    waiting.replaceChildren(note || words || say.sent, " ", list);
    waiting.hidden = false;
  }
  waiting.classList.toggle("waiting-bad", left.length > 0);
  if (!left.length && waiting.dataset.had) setTimeout(() => { waiting.hidden = keys().length === 0; }, 4000);
  if (left.length) waiting.dataset.had = 1;
  for (const row of all("tr[data-call]")) row.classList.toggle("unsent", left.some((entry) => entry.url === row.dataset.call));
}

// sending, in order, one at a time
async function flush() {
  clearTimeout(timer);
  if (busy) return;
  busy = true;
  try {
    for (let key = keys()[0]; key; key = keys()[0]) {
      flying = key;
      if (!(await send(key))) break;
      flying = "";
      tell();
    }
  } catch (lost) {
    origin.forEach((form) => clear(form));
    origin.clear();
  }
  flying = "";
  busy = false;
  tell();
  if (keys().length) timer = setTimeout(flush, 5000);
}

async function send(key, again = true) {
  const entry = read(key), body = new URLSearchParams(entry.fields);
  body.set("csrfmiddlewaretoken", csrf().value);
  const answer = await fetch(entry.url, { method: "POST", body, redirect: "manual", headers: { "HX-Request": "true" } });
  note = "";
  if (answer.type === "opaqueredirect") { note = say.login; return false; }
  if (answer.status >= 500) return false;
  if (answer.status === 403 && again && await renew()) return send(key, false);
  const form = origin.get(key), page = new DOMParser().parseFromString(await answer.text(), "text/html");
  origin.delete(key);
  store.removeItem(key);
  if (answer.ok) { clear(form); versions(entry, page); apply(page); } else refuse(entry, form, answer.status === 422 ? page : null);
  return true;
}

async function renew() {
  const answer = await fetch(location.pathname, { redirect: "manual" });
  if (!answer.ok) return false;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  if (!found || found.value === csrf().value) return false;
  all("[name=csrfmiddlewaretoken]").forEach((box) => { box.value = found.value; });
  return true;
}

function refuse(entry, form, page) {
  const told = page && (page.querySelector("form") || page.body.firstElementChild);
  const item = told && told.id && doc.getElementById(told.id);
  if (item) {
    const text = item.querySelector("textarea").value;
    item.replaceWith(told);
    told.querySelector("textarea").value = text;
    return;
  }
  if (told && told.matches("form") && form && form.isConnected) { form.replaceWith(told); return; }
  const box = doc.createElement("div"), head = doc.createElement("p");
  head.className = "notice-title";
  head.textContent = `${say.lost}: ${entry.say}`;
  box.className = "notice notice-late notice-body stack";
  box.append(head);
  if (told) box.append(told);
  else box.append(entry.fields.filter(([name, value]) => value && !/once$|seen_version$/.test(name)).map(([, value]) => value).join(" · "));
  refused.append(box);
}

/* What was typed upon is newer now: the next saving must not be taken for a stale one. */
function versions(entry, page) {
  const from = page.querySelector(`form[action="${entry.url}"]`) || page.querySelector('[id^="item-"]');
  const now = from && from.querySelector('[name$="seen_version"]');
  if (!entry.latest || !now) return;
  all(`form[action="${entry.url}"] [name="${now.name}"]`).forEach((box) => { box.value = now.value; });
  for (const key of keys()) {
    const other = read(key);
    if (other.url !== entry.url) continue;
    other.fields = other.fields.map(([name, value]) => [name, name === now.name ? now.value : value]);
    put(key, other);
  }
}

function clear(form) {
  const box = form && (form.closest("details.adding") || form.closest("#refused > *"));
  if (!box) return;
  if (!pristine.has(box)) { box.remove(); return; }
  const there = box.querySelector("form");
  if (there) there.replaceWith(pristine.get(box).cloneNode(true));
  box.open = false;
}

// what the server says replaces what stands here, but never what somebody is typing in
function apply(page) {
  for (const now of all("[data-live][id]", page)) {
    const here = doc.getElementById(now.id);
    if (now.dataset.marks !== undefined) marks(now.dataset.marks);
    if (!here || here.outerHTML === now.outerHTML) continue;
    const typing = here.contains(doc.activeElement) && doc.activeElement.matches("input,textarea");
    if (!typing && !here.querySelector("[data-typed]")) here.replaceWith(now);
  }
  const on = doc.querySelector("[data-on]");
  if (on && on.dataset.on !== doc.body.dataset.item) {
    doc.body.dataset.item = on.dataset.on;
    const notes = doc.querySelector(`[data-notes="${on.dataset.on}"]`);
    if (notes) notes.open = true;
  }
  const voters = doc.getElementById("tally").dataset.voters;
  for (const box of all("details.adding:not([open]) [name=in_favour]")) box.value = voters;
  for (const form of pristine.values()) all("[name=in_favour]", form).forEach((box) => box.setAttribute("value", voters));
}

function marks(text) {
  const said = new Map(text.split(" ").filter(Boolean).map((one) => one.split(":")));
  for (const row of all("tr[data-call]")) {
    if (pending(row.dataset.call) || (flying && read(flying)?.url === row.dataset.call)) continue;
    const box = all("[type=radio]", row).find((one) => one.value === said.get(row.dataset.member));
    if (box) box.checked = true;
  }
}

// what is tapped and typed
function call(row) {
  const chosen = row.querySelector("[type=radio]:checked"), why = row.querySelector(".why");
  const fields = [["presence", chosen ? chosen.value : ""], ["reason", why.value], ["once", fresh()]];
  const words = chosen ? chosen.nextElementSibling.firstChild.textContent : "";
  keep({ url: row.dataset.call, fields, say: `${row.dataset.say}: ${words}`, latest: true });
}

doc.addEventListener("change", ({ target }) => {
  const row = target.closest("tr[data-call]"), form = target.closest("form[data-auto]");
  if (row) call(row);
  else if (form) form.requestSubmit();
});
doc.addEventListener("input", ({ target }) => {
  if (target.closest("[data-live]")) target.dataset.typed = 1;
});
doc.addEventListener("submit", (event) => {
  const form = event.target, pressed = event.submitter;
  if (form.matches("[data-forget]") && keys().length) { event.preventDefault(); waiting.scrollIntoView(); return; }
  if (form.matches("[data-roll]")) {
    event.preventDefault();
    if (pressed && pressed.name === "rest") {
      for (const row of all("tr[data-call]", form)) {
        if (row.querySelector(":checked")) continue;
        row.querySelector('[value="present"]').checked = true;
        call(row);
      }
    }
    return;
  }
  if (!form.matches("[data-send]")) return;
  event.preventDefault();
  all("[data-typed]", form).forEach((box) => delete box.dataset.typed);
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  if (pressed && pressed.name) fields.push([pressed.name, pressed.value]);
  for (const pair of fields) {
    if (/(^|-)once$/.test(pair[0])) pair[1] = fresh();
    if (pair[0] === "at") pair[1] = hour();
  }
  const words = pressed && pressed.name === "member" ? `${form.dataset.say}: ${pressed.textContent}` : form.dataset.say;
  keep({ url: form.action.replace(location.origin, ""), fields, say: words, latest: "latest" in form.dataset }, form);
});

// two who take the roll at once agree: everybody asks again
async function ask() {
  if (doc.hidden || busy || keys().length) return;
  const before = kept;
  try {
    const answer = await fetch(location.pathname, { headers: { "HX-Request": "true" }, redirect: "manual" });
    const text = answer.ok ? await answer.text() : "";
    if (text && kept === before) apply(new DOMParser().parseFromString(text, "text/html")); // not what was true before a tap
  } catch (lost) { /* asked again soon */ }
}

for (const box of all("details.adding")) pristine.set(box, box.querySelector("form").cloneNode(true));
addEventListener("online", flush);
addEventListener("visibilitychange", ask);
setInterval(ask, 8000);
tell();
flush();
