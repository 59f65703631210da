/* An outbox keeps what is tapped and typed until the server has it: through a lost line, a closed tab, a second
   person at the same page. Each entry has a token of its own, so that one sent twice is written once. It stands on the
   shelf, and lies in the browser's own database, with its picture if it has one: a browser writes its shelf to the disk
   some seconds later, the drawer before it says so (docs/adr/0147). A page gives it
   what to do when an entry was taken (`taken`), refused (`refused`), while the line is lost (`lost`) and whenever what
   waits has changed (`told`). */
const doc = document;
export const all = (what, from = doc) => [...from.querySelectorAll(what)];
export const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
export const field = (entry, name) => (entry.fields.find(([one]) => one === name) || [])[1];
/* One deed in the drawer where entries and pictures lie, by the key of the entry; done once it is on the disk. */
const drawer = (mode, deed) => new Promise((done, fail) => {
  const asked = indexedDB.open("chibo", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("pictures");
  asked.onerror = asked.onblocked = () => fail(asked.error);
  asked.onsuccess = () => {
    const base = asked.result, change = base.transaction("pictures", mode, { durability: "strict" }), got = deed(change.objectStore("pictures"));
    change.oncomplete = () => { base.close(); done(got.result); };
    change.onabort = () => { base.close(); fail(change.error); };
  };
});
const csrf = () => doc.querySelector("[name=csrfmiddlewaretoken]");

export function outbox(kind, { taken, refused, lost = () => {}, told = () => {} }) {
  const waiting = doc.getElementById("waiting"), say = waiting.dataset;
  const shelf = `chibo:${kind}:${say.who}:${location.pathname}:`;
  let count = 0, kept = 0, flying = "", busy = false, timer, note = "";
  const origin = new Map(), held = new Map();

  // the shelf: one key for each entry, so that two tabs never overwrite one another; where nothing may be kept, memory
  const memory = Object.create({
    getItem(key) { return this[key] ?? null; }, setItem(key, text) { this[key] = text; }, removeItem(key) { delete this[key]; },
  });
  const store = (() => {
    try { localStorage.getItem(shelf); return localStorage; } catch (no) { return memory; }
  })();
  const keys = () => [...new Set([...Object.keys(store), ...Object.keys(memory)])].filter((key) => key.startsWith(shelf)).sort();
  const read = (key) => JSON.parse(memory.getItem(key) || store.getItem(key) || "null");
  const drop = (key) => { store.removeItem(key); memory.removeItem(key); };
  /* A full shelf loses nothing: what finds no room waits in memory, and the page says not to close it. Gives when the
     entry is on the disk; a browser without a drawer has but the shelf. */
  const put = (key, entry) => {
    shelve(key, entry);
    return drawer("readwrite", (place) => {
      const lies = place.get(key);
      lies.onsuccess = () => place.put({ ...lies.result, entry }, key);
      return lies;
    }).catch(() => {});
  };
  const shelve = (key, entry) => {
    const text = JSON.stringify(entry);
    try { store.setItem(key, text); if (store !== memory) memory.removeItem(key); } catch (full) { memory.setItem(key, text); note = say.full || ""; }
  };
  const pending = (url) => keys().find((key) => key !== flying && read(key).url === url);

  function keep(entry, form) {
    const earlier = entry.latest && pending(entry.url);
    if (earlier) {
      const before = read(earlier);
      entry.fields = entry.fields.map(([name, value]) => [name, /seen_version$/.test(name) ? field(before, name) ?? value : value]);
    }
    const key = earlier || `${shelf}${Date.now()}-${String(count += 1).padStart(6, "0")}`;
    kept += 1;
    if (form) origin.set(key, form);
    put(key, entry).then(() => { tell(); flush(); });
  }

  /* The picture first, then its entry: what breaks in between is found again by `open`. */
  async function keepFile(entry, file, form) {
    const key = `${shelf}${Date.now()}-${String(count += 1).padStart(6, "0")}`;
    entry.file = file.name;
    kept += 1;
    try { await drawer("readwrite", (place) => place.put({ entry, file }, key)); } catch (no) { held.set(key, file); note = say.unkept; }
    shelve(key, entry);
    if (form) origin.set(key, form);
    tell();
    flush();
  }

  async function pictureOf(key) {
    if (held.has(key)) return held.get(key);
    const lies = await drawer("readonly", (place) => place.get(key));
    return lies && lies.file;
  }

  async function forget(key) {
    drop(key);
    held.delete(key);
    await drawer("readwrite", (place) => place.delete(key)).catch(() => {}); // else it is sent again, and written once
  }

  /* A page opens: what lies in the drawer without its entry gets it back, and all that waits is sent. */
  async function open() {
    tell();
    try {
      for (const key of await drawer("readonly", (place) => place.getAllKeys())) {
        if (key.startsWith(shelf) && !read(key)) shelve(key, (await drawer("readonly", (place) => place.get(key))).entry);
      }
    } catch (no) { /* no drawer here: nothing lies in it */ }
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
    const entry = read(key), body = entry.file ? new FormData() : new URLSearchParams(entry.fields);
    const file = entry.file && await pictureOf(key);
    if (file) {
      entry.fields.forEach(([name, value]) => body.append(name, value));
      body.append("photo", file, entry.file);
    } else if (entry.file) {
      await forget(key);
      refused(entry, origin.get(key), null);
      return true;
    }
    body.set("csrfmiddlewaretoken", csrf().value);
    const answer = await fetch(entry.url, { method: "POST", body, redirect: "manual", headers: { "HX-Request": "true" } });
    note = "";
    if (answer.type === "opaqueredirect") { note = say.login; return false; }
    if (answer.status >= 500) return false;
    const renewed = answer.status === 403 && again && await renew();
    if (renewed === "login") { note = say.login; return false; }
    if (renewed) return send(key, false);
    const form = origin.get(key), page = new DOMParser().parseFromString(await answer.text(), "text/html");
    origin.delete(key);
    const gone = forget(key);
    if (entry.file) await gone;
    if (answer.ok) taken(entry, form, page); else refused(entry, form, answer.status === 422 ? page : null, file);
    return true;
  }

  async function renew() {
    const answer = await fetch(location.pathname, { redirect: "manual" });
    if (answer.type === "opaqueredirect") return "login";
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
    keep, keepFile, open, renumber, flush, tell,
    waits: (url) => Boolean(pending(url)) || Boolean(flying && read(flying)?.url === url),
    left: () => keys().map(read),
    isIdle: () => !busy && !keys().length,
    kept: () => kept,
    show: () => waiting.scrollIntoView(),
    say,
  };
}
