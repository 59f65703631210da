/* The team's checklist: what is tapped, typed and photographed goes into the outbox of the house, so that a hall without
   a line loses nothing. Without this script every form is a plain form. */
import { all, fresh, outbox } from "../core/outbox.js";
const doc = document, refusedBox = doc.getElementById("refused");
const pristine = new Map();
const box = outbox("verify", {
  taken(entry, form, page) {
    if (form) clear(form);
    renew(entry, page);
  },
  refused(entry, form, page, file) {
    const notice = doc.createElement("div"), head = doc.createElement("p");
    notice.className = "notice notice-late refusal";
    head.className = "notice-title";
    head.textContent = `${box.say.lost}: ${entry.say}`;
    notice.append(head);
    const told = page && page.querySelector(".notice ul");
    if (told) notice.append(told);
    const typed = entry.fields.filter(([name, value]) => value && !/once$|seen(_version)?$/.test(name)).map(([name, value]) => said(entry, name, value)).join(" · ");
    if (page) renew(entry, page);
    notice.append(typed);
    if (entry.file) {
      const keep = doc.createElement("a");
      if (file) Object.assign(keep, { href: URL.createObjectURL(file), download: entry.file, textContent: box.say.save });
      notice.append(file ? keep : box.say.gone);
    }
    refusedBox.append(notice);
  },
  lost: clear,
  told(left) {
    for (const form of all("form[data-auto]")) form.classList.toggle("unsent", left.some((entry) => entry.url === path(form)));
  },
});
const path = (form) => form.action.replace(location.origin, "");

/* What came back takes the place of what the page shows; what still waits for the same address has now seen it. */
function renew(entry, page) {
  for (const now of all("[data-live][id]", page)) {
    for (const one of [now, ...all("[data-renumber]", now)].filter((it) => "renumber" in it.dataset)) box.renumber(entry.url, one.name, one.value);
    doc.getElementById(now.id)?.replaceWith(now);
  }
}

/* A choice in its own words. */
function said(entry, name, value) {
  const form = all("form[data-latest]").find((one) => path(one) === entry.url), tapped = form && form.querySelector(`[type=radio][name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  const label = tapped && tapped.labels[0];
  return label ? label.textContent.replace(label.querySelector("kbd")?.textContent || "", "").trim() : value;
}

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
  if (form.matches("[data-forget],[data-idle]") && !box.isIdle()) { event.preventDefault(); box.show(); return; }
  if (!form.matches("[data-send]")) return;
  event.preventDefault();
  const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const fields = typed.filter(([, value]) => !(value instanceof File)), file = typed.map(([, value]) => value).find((value) => value instanceof File);
  for (const pair of fields) if (/once$/.test(pair[0])) pair[1] = fresh();
  const entry = { url: path(form), fields, say: form.dataset.say, latest: "latest" in form.dataset };
  if (file) picture(entry, form, file); else box.keep(entry, form);
});

/* What the server would refuse hours later, when the hall is left, is said at once. */
function picture(entry, form, file) {
  const said = form.querySelector("[role=alert]"), size = Math.ceil(file.size / 1048576);
  said.textContent = /^image\/(jpeg|png)$/.test(file.type) ? (size > Number(box.say.most) ? box.say.heavy.replace("%n", size) : "") : box.say.kind;
  said.hidden = !said.textContent;
  if (said.hidden) box.keepFile(entry, file, form);
  form.reset();
}

for (const adding of all("details.adding")) pristine.set(adding, adding.querySelector("form").cloneNode(true));
/* What waits was tapped before the page was opened: it shows as it was tapped. */
for (const entry of box.left().filter((one) => one.latest)) {
  const form = all("form[data-latest]").find((one) => path(one) === entry.url);
  for (const [name, value] of form ? entry.fields : []) {
    const boxes = [...form.elements].filter((one) => one.name === name && one.type !== "hidden");
    boxes.forEach((one) => { if (one.type === "radio") one.checked = one.value === value; else one.value = value; });
  }
}
box.open();
