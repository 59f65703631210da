/* Serves what lies ready for a hall without a line: the pages that `hall.js` put into the cupboard of who is logged in. As
   long as there is a line every page comes from the server, and only what the server hands out goes on lying ready. */
const ready = /^\/inspections\/(\d+|subjects\/\d+\/verify)\/$/;
const cupboard = async () => {
  const name = (await caches.keys()).find((one) => one.startsWith("chibo-hall:"));
  return name && caches.open(name);
};
const same = { ignoreVary: true, ignoreSearch: true };
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" ? ready.test(pathname) : pathname.startsWith("{{ static }}")) event.respondWith(answer(request));
});
async function answer(request) {
  const held = await cupboard(), lies = held && await held.match(request, same);
  try {
    const fresh = await fetch(request);
    if (lies && fresh.ok && !fresh.redirected) await held.put(request.url, fresh.clone());
    else if (lies && request.mode === "navigate") await held.delete(request, same);
    return fresh;
  } catch (down) {
    return lies || Response.error();
  }
}
