/* Comfort only: pages work without. */
const doc = document, say = doc.body.dataset;
const all = (what, from = doc) => [...from.querySelectorAll(what)];
const on = (name, act, where = doc) => where.addEventListener(name, act);
const clock = (at) => new Date(at).toTimeString().slice(0, 5);
const typing = (el) => el.matches("textarea,select,input:not([type=radio],[type=checkbox])");
const menus = "details[data-menu][open]";
doc.documentElement.classList.add("script");
doc.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest" });

// keys
on("keydown", (e) => {
  const el = e.target, ctrl = e.ctrlKey || e.metaKey;
  if (e.key === "Escape") all(menus).forEach((menu) => { menu.open = false; menu.firstElementChild.focus(); });
  if (ctrl ? e.key === "k" : e.key === "/" && !typing(el)) {
    const find = all("[data-find]").find((f) => f.offsetParent);
    if (find) { e.preventDefault(); find.select(); }
  } else if (ctrl || e.altKey || e.isComposing) return;
  else if (el.closest("[data-grid] :is(td,th)")) inGrid(e, el, el.closest("td,th"));
  else if (/^[jk]$/.test(e.key) && !typing(el)) {
    const rows = all("[data-list] tbody tr").filter((row) => row.querySelector("a"));
    const at = rows.findIndex((row) => row.contains(el)), to = rows[e.key === "j" ? at + 1 : Math.max(0, at - 1)];
    const next = to && to.querySelector("a");
    if (next) { e.preventDefault(); next.focus(); }
  }
});
const landing = (cell) => cell.querySelector("input:checked:enabled") || cell.querySelector(":enabled:not([type=hidden],option),a");
function move(cell, down, right) {
  for (let row = cell.parentElement, at = cell.cellIndex; ;) {
    if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling; else at += right;
    const next = row && row.cells[at];
    if (!row || (!down && !next)) return false;
    const spot = next && !row.hidden && landing(next);
    if (spot) { spot.focus(); if (spot.select) spot.select(); return true; }
  }
}
function inGrid(e, el, cell) {
  const right = { ArrowRight: 1, ArrowLeft: -1 }[e.key], long = el.tagName === "TEXTAREA";
  let down = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (e.key === "Enter" && el.tagName === "INPUT") down = e.shiftKey ? -1 : 1;
  if (down && !long) { e.preventDefault(); move(cell, down, 0); }
  else if (right) {
    const mates = all("input:enabled[type=radio]", cell), mate = mates[mates.indexOf(el) + right];
    if (el.type === "radio") { e.preventDefault(); if (mate) { mate.focus(); mate.click(); } else move(cell, 0, right); }
    else if (!typing(el) || el.selectionEnd == null || el.selectionEnd === (right > 0 ? el.value.length : 0)) { if (move(cell, 0, right)) e.preventDefault(); }
  } else if (e.key.length === 1 && !typing(el)) {
    const pick = all("[data-key]:enabled", cell).find((one) => one.dataset.key === e.key.toLowerCase());
    if (pick) { e.preventDefault(); pick.click(); move(cell, 1, 0); }
  }
}
on("click", ({ target }) => {
  all(menus).forEach((menu) => { if (!menu.contains(target)) menu.open = false; });
  const fill = target.closest("[data-fill]");
  if (fill) {
    const box = fill.parentElement.querySelector("input");
    box.value = fill.dataset.fill; box.dispatchEvent(new Event("input", { bubbles: true })); box.focus();
  }
  if (target.closest("[data-print]")) print();
});

// a file that was made ready is fetched at once
on("htmx:load", (e) => e.detail.elt.querySelector?.("a[data-go]")?.click());

// saving as one goes
const saving = (words) => (e) => {
  const { requestConfig, successful } = e.detail;
  if (!requestConfig || requestConfig.verb === "get") return;
  const spot = doc.querySelector("main [data-saved]");
  if (spot) { spot.textContent = words(successful); spot.classList.toggle("saved-bad", successful === false); }
};
on("htmx:beforeSend", saving(() => say.saving));
on("htmx:afterRequest", saving((ok) => (ok ? `${say.saved} ${clock(Date.now())}` : say.unsaved)));

// pages that lie ready for a hall without a line go with whoever logs out, and from under whoever must log in
const emptyHall = async () => { for (const name of await caches.keys()) if (name.startsWith("chibo-")) await caches.delete(name); };
if (window.caches && doc.querySelector(".plain [type=password]")) emptyHall();

// what was typed survives a crash, for a week; it is kept by where it is sent, so a refusal shown there finds it too
const dirty = new Set(), forms = all("form[data-keep]");
const place = (form) => `chibo:${new URL(form.getAttribute("action") || "", location).pathname}:${form.dataset.keep}`;
const fields = (form) => [...form.elements].filter((f) => f.name && !/^(hidden|password|file|submit|button)$/.test(f.type));
const value = (f) => (/radio|checkbox/.test(f.type) ? "checked" : "value");
function keep(form) {
  localStorage.setItem(place(form), JSON.stringify({ at: Date.now(), fields: fields(form).map((f) => f[value(f)]) }));
}
function restore(form) {
  const kept = JSON.parse(localStorage.getItem(place(form)) || "null"), now = fields(form);
  if (!kept || kept.fields.length !== now.length || Date.now() - kept.at > 6048e5) return;
  const other = now.filter((f, i) => f[value(f)] !== kept.fields[i]);
  if (!other.length) return;
  now.forEach((f, i) => { f[value(f)] = kept.fields[i]; });
  dirty.add(form);
  const note = doc.createElement("p"), drop = doc.createElement("button");
  Object.assign(drop, { type: "button", className: "button button-quiet", textContent: say.discard });
  drop.onclick = () => { localStorage.removeItem(place(form)); dirty.delete(form); form.reset(); note.remove(); };
  note.className = "notice notice-info";
  note.append(`${say.restored} ${clock(kept.at)}. `, drop);
  form.prepend(note);
}
try {
  const sent = sessionStorage.getItem("chibo:sent");
  sessionStorage.removeItem("chibo:sent");
  if (sent && (doc.querySelector(".messages .notice-ok") || !forms.some((form) => place(form) === sent))) localStorage.removeItem(sent);
  forms.forEach((form) => {
    let wait;
    if (!form.querySelector(".error-summary")) restore(form);
    on("input", () => { dirty.add(form); clearTimeout(wait); wait = setTimeout(keep, 400, form); }, form);
    on("submit", () => { clearTimeout(wait); keep(form); dirty.delete(form); sessionStorage.setItem("chibo:sent", place(form)); }, form);
  });
  // whoever logs out leaves nothing behind; what was not sent yet is asked about. After every other listener: a page may forbid it
  on("submit", (e) => {
    if (e.defaultPrevented || !e.target.matches("form[data-forget]")) return;
    const unsent = Object.keys(localStorage).filter((key) => /^chibo:\w+:\d+:/.test(key)).length;
    if (unsent && !confirm(say.unsent.replace("%n", unsent))) { e.preventDefault(); return; }
    localStorage.clear();
    indexedDB.deleteDatabase("chibo");
    if (window.caches) emptyHall();
  }, window);
} catch { /* no storage: only comfort is lost */ }
on("beforeunload", (e) => { if (dirty.size) e.preventDefault(); }, window);

// the line is down
const line = () => all("#offline").forEach((note) => { note.hidden = navigator.onLine; });
on("online", line, window); on("offline", line, window); line();
