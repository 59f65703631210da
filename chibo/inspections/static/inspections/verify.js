/* The team's checklist: what is tapped and typed goes into the outbox of the house, so that a hall without a line loses
   nothing. Without this script every form is a plain form. Pictures are sent when there is a line. */
import { all, fresh, outbox } from "../core/outbox.js";
const doc = document, refusedBox = doc.getElementById("refused");
const pristine = new Map();
const box = outbox("verify", {
  taken(entry, form, page) {
    if (form) clear(form);
    for (const now of all("[data-live][id]", page)) doc.getElementById(now.id)?.replaceWith(now);
  },
  refused(entry, form, page) {
    const notice = doc.createElement("div"), head = doc.createElement("p");
    notice.className = "notice notice-late notice-body stack";
    head.className = "notice-title";
    head.textContent = `${box.say.lost}: ${entry.say}`;
    notice.append(head);
    const told = page && page.body.firstElementChild;
    if (told) notice.append(told);
    const typed = entry.fields.filter(([name, value]) => value && !/once$|seen_version$/.test(name)).map(([, value]) => value).join(" · ");
    notice.append(typed);
    refusedBox.append(notice);
  },
  lost: clear,
  told(left) {
    for (const form of all("form.criterion")) form.classList.toggle("unsent", left.some((entry) => entry.url === path(form)));
  },
});
const path = (form) => form.action.replace(location.origin, "");

/* A form that adds something is empty again once what was typed is kept. */
function clear(form) {
  const around = form.closest("details.adding");
  if (!around || !pristine.has(around)) return;
  around.querySelector("form").replaceWith(pristine.get(around).cloneNode(true));
  around.open = false;
}

doc.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});
doc.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-forget]") && !box.isIdle()) { event.preventDefault(); box.show(); return; }
  if (!form.matches("[data-send]")) return;
  event.preventDefault();
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  for (const pair of fields) if (/once$/.test(pair[0])) pair[1] = fresh();
  box.keep({ url: path(form), fields, say: form.dataset.say, latest: "latest" in form.dataset }, form);
});

for (const adding of all("details.adding")) pristine.set(adding, adding.querySelector("form").cloneNode(true));
box.tell();
box.flush();
