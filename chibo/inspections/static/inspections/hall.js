/* Before the team goes into a hall without a line: the pages of its checklist are laid ready on this device, for who is
   logged in and nobody else, until they log out. Without this script, or over plain http, nothing is kept. */
const note = document.getElementById("hall"), { who, worker, pages, kept } = note.dataset;
const fresh = 6e5, mine = `chibo-hall:${who}`;

async function lay(held, path, redirect = "manual") {
  const lies = await held.match(path);
  if (lies && Date.now() - new Date(lies.headers.get("Date")) < fresh) return "";
  const answer = await fetch(path, { redirect, headers: { Accept: "text/html,*/*" } });
  await (answer.ok ? held.put(path, answer.clone()) : held.delete(path));
  return answer.ok ? answer.text() : "";
}

/* What a page needs besides itself: its sheets and scripts, its icons, and what its scripts bring along. */
function needs(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = [...page.querySelectorAll("link[rel=stylesheet],script[src],svg use,img")];
  return found.map((one) => one.getAttribute("href") || one.getAttribute("src")).filter((one) => one && one.startsWith("/")).map((one) => one.split("#")[0]);
}

async function prepare() {
  for (const name of await caches.keys()) if (name.startsWith("chibo-hall:") && name !== mine) await caches.delete(name);
  await navigator.serviceWorker.register(worker);
  const held = await caches.open(mine), parts = new Set([new URL("../core/outbox.js", import.meta.url).pathname]);
  for (const path of [location.pathname, ...pages.split(" ")]) needs(await lay(held, path)).forEach((part) => parts.add(part));
  for (const part of parts) await lay(held, part);
  note.textContent = kept;
  note.hidden = false;
}
if (navigator.serviceWorker && window.caches) prepare().catch(() => {});
