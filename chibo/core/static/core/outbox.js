/* An outbox keeps what is tapped and typed until the server has it: through a lost line, a closed tab, a second
   person at the same page. Each entry has a token of its own, so that one sent twice is written once. A page gives it
   what to do when an entry was taken (`taken`), refused (`refused`), while the line is lost (`lost`) and whenever what
   waits has changed (`told`). */
const doc = document;
export const all = (what, from = doc) => [...from.querySelectorAll(what)];
export const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
export const field = (entry, name) => (entry.fields.find(([one]) => one === name) || [])[1];
const csrf = () => doc.querySelector("[name=csrfmiddlewaretoken]");

export function outbox(kind, { taken, refused, lost = () => {}, told = () => {} }) {
  const waiting = doc.getElementById("waiting"), say = waiting.dataset;
  const shelf = `chibo:${kind}:${say.who}:${location.pathname}:`;
  let count = 0, kept = 0, flying = "", busy = false, timer, note = "";
  const origin = new Map();

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

  function tell() {
    const left = keys().map(read), words = left.length ? say.waiting.replace("%n", left.length) : "";
    waiting.hidden = !left.length;
    if (left.length || say.had) {
      const list = doc.createElement("span");
      list.className = "muted";
      list.textContent = left.slice(-5).map((entry) => entry.say).join("; ");
      waiting.replaceChildren(note || words || say.sent, " ", list);
      waiting.hidden = false;
    }
    waiting.classList.toggle("waiting-bad", left.length > 0);
    if (!left.length && say.had) setTimeout(() => { waiting.hidden = keys().length === 0; }, 4000);
    if (left.length) say.had = 1;
    told(left);
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
    } catch (down) {
      origin.forEach((form) => lost(form));
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
    if (answer.ok) taken(entry, form, page); else refused(entry, form, answer.status === 422 ? page : null);
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

  /* What waits for this address has a newer version now: the next saving must not be taken for a stale one. */
  function renumber(url, name, value) {
    for (const key of keys()) {
      const other = read(key);
      if (other.url !== url) continue;
      other.fields = other.fields.map(([one, old]) => [one, one === name ? value : old]);
      put(key, other);
    }
  }

  addEventListener("online", flush);
  return {
    keep, renumber, flush, tell,
    waits: (url) => Boolean(pending(url)) || Boolean(flying && read(flying)?.url === url),
    isIdle: () => !busy && !keys().length,
    kept: () => kept,
    show: () => waiting.scrollIntoView(),
    say,
  };
}
