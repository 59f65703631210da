/* The chair's page: what is tapped and typed goes into the outbox of the house, and what the server says comes back
   into the page. Without this script every form is a plain form. */
import { all, fresh, outbox } from "../core/outbox.js";
const doc = document, refused = doc.getElementById("refused");
const hour = () => new Date().toTimeString().slice(0, 5);
const pristine = new Map();
const box = outbox("run", {
  taken(entry, form, page) { clear(form); versions(entry, page); apply(page); },
  refused: refuse,
  lost: clear,
  told(left) { for (const row of all("tr[data-call]")) row.classList.toggle("unsent", left.some((entry) => entry.url === row.dataset.call)); },
});

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
  const notice = doc.createElement("div"), head = doc.createElement("p");
  head.className = "notice-title";
  head.textContent = `${box.say.lost}: ${entry.say}`;
  notice.className = "notice notice-late notice-body stack";
  notice.append(head);
  if (told) notice.append(told);
  else notice.append(entry.fields.filter(([name, value]) => value && !/once$|seen_version$/.test(name)).map(([, value]) => value).join(" · "));
  refused.append(notice);
}

/* What was typed upon is newer now: the next saving must not be taken for a stale one. */
function versions(entry, page) {
  const from = page.querySelector(`form[action="${entry.url}"]`) || page.querySelector('[id^="item-"]');
  const now = from && from.querySelector('[name$="seen_version"]');
  if (!entry.latest || !now) return;
  all(`form[action="${entry.url}"] [name="${now.name}"]`).forEach((hidden) => { hidden.value = now.value; });
  box.renumber(entry.url, now.name, now.value);
}

function clear(form) {
  const around = form && (form.closest("details.adding") || form.closest("#refused > *"));
  if (!around) return;
  if (!pristine.has(around)) { around.remove(); return; }
  const there = around.querySelector("form");
  if (there) there.replaceWith(pristine.get(around).cloneNode(true));
  around.open = false;
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
  for (const count of all("details.adding:not([open]) [name=in_favour]")) count.value = voters;
  for (const form of pristine.values()) all("[name=in_favour]", form).forEach((count) => count.setAttribute("value", voters));
}

function marks(text) {
  const said = new Map(text.split(" ").filter(Boolean).map((one) => one.split(":")));
  for (const row of all("tr[data-call]")) {
    if (box.waits(row.dataset.call)) continue;
    const radio = all("[type=radio]", row).find((one) => one.value === said.get(row.dataset.member));
    if (radio) radio.checked = true;
  }
}

// what is tapped and typed
function call(row) {
  const chosen = row.querySelector("[type=radio]:checked"), why = row.querySelector(".why");
  const fields = [["presence", chosen ? chosen.value : ""], ["reason", why.value], ["once", fresh()]];
  const words = chosen ? chosen.nextElementSibling.firstChild.textContent : "";
  box.keep({ url: row.dataset.call, fields, say: `${row.dataset.say}: ${words}`, latest: true });
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
  if (form.matches("[data-forget]") && !box.isIdle()) { event.preventDefault(); box.show(); return; }
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
  all("[data-typed]", form).forEach((typed) => delete typed.dataset.typed);
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  if (pressed && pressed.name) fields.push([pressed.name, pressed.value]);
  for (const pair of fields) {
    if (/(^|-)once$/.test(pair[0])) pair[1] = fresh();
    if (pair[0] === "at") pair[1] = hour();
  }
  const words = pressed && pressed.name === "member" ? `${form.dataset.say}: ${pressed.textContent}` : form.dataset.say;
  box.keep({ url: form.action.replace(location.origin, ""), fields, say: words, latest: "latest" in form.dataset }, form);
});

// two who take the roll at once agree: everybody asks again
async function ask() {
  if (doc.hidden || !box.isIdle()) return;
  const before = box.kept();
  try {
    const answer = await fetch(location.pathname, { headers: { "HX-Request": "true" }, redirect: "manual" });
    const text = answer.ok ? await answer.text() : "";
    if (text && box.kept() === before) apply(new DOMParser().parseFromString(text, "text/html")); // not what was true before a tap
  } catch (lost) { /* asked again soon */ }
}

for (const adding of all("details.adding")) pristine.set(adding, adding.querySelector("form").cloneNode(true));
addEventListener("visibilitychange", ask);
setInterval(ask, 8000);
box.tell();
box.flush();
