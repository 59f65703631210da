/* Comfort only: every page works without it. No dependency; htmx's events are used where it is there. */
(function () {
  "use strict";
  var root = document.documentElement, body = document.body, say = body.dataset, store;
  try { store = localStorage; store.getItem("chibo"); } catch (e) { store = null; }
  var all = function (what, from) { return Array.from((from || document).querySelectorAll(what)); };
  var clock = function (at) { return ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2); };
  var typing = function (el) { return el.isContentEditable || /^(SELECT|TEXTAREA)$/.test(el.tagName) || (el.tagName === "INPUT" && !/^(radio|checkbox|button|submit)$/.test(el.type)); };
  root.classList.add("script");

  // ---- keys: search, lists, grids, menus
  document.addEventListener("keydown", function (e) {
    var el = e.target, grid = el.closest && el.closest("[data-grid]");
    if (e.key === "Escape") return all("details[data-menu][open]").forEach(function (d) { d.open = false; d.firstElementChild.focus(); });
    if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === "k" || (e.key === "/" && !typing(el) && !e.ctrlKey)) {
      var find = all("[data-find]").find(function (f) { return f.offsetParent; });
      if (find) { e.preventDefault(); find.focus(); find.select(); }
      return;
    }
    if (e.ctrlKey || e.altKey || e.metaKey || e.isComposing) return;
    if (grid) return inGrid(e, el, grid);
    if ((e.key === "j" || e.key === "k") && !typing(el)) {
      var links = all("[data-list] tbody tr").map(function (r) { return r.querySelector("a,button"); }).filter(Boolean);
      var now = links.findIndex(function (l) { return l.closest("tr").contains(el); });
      var next = links[e.key === "j" ? now + 1 : Math.max(0, now - 1)];
      if (next) { e.preventDefault(); next.focus(); next.scrollIntoView({ block: "nearest" }); }
    }
  });

  function landing(cell) { return cell && (cell.querySelector("input:checked:enabled") || cell.querySelector("input:enabled:not([type=hidden]),select:enabled,textarea:enabled,button:enabled,a")); }
  function move(el, down, right) {
    var cell = el.closest("td,th"), row = cell.parentElement, spot, at = cell.cellIndex;
    do {
      if (down) { do row = down > 0 ? row.nextElementSibling : row.previousElementSibling; while (row && row.hidden); } else at += right;
      spot = row && landing(row.cells[at]);
    } while (row && !spot && row.cells[at]);
    if (spot) { spot.focus(); if (spot.select) spot.select(); }
    return spot;
  }
  function inGrid(e, el, grid) {
    var down = { ArrowDown: 1, ArrowUp: -1 }[e.key], right = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (e.key === "Enter" && el.tagName === "INPUT") down = e.shiftKey ? -1 : 1;
    if (!el.closest("td,th")) return;
    if (down && el.tagName !== "TEXTAREA" && !(el.tagName === "SELECT" && e.altKey)) { e.preventDefault(); move(el, down, 0); return; }
    if (right) {
      if (el.type === "radio") {
        var mates = all("input[type=radio]:enabled", el.closest("td,th")), other = mates[mates.indexOf(el) + right];
        e.preventDefault();
        if (other) { other.focus(); other.click(); } else move(el, 0, right);
      } else if (!typing(el) || el.selectionStart === el.selectionEnd && (right > 0 ? el.selectionEnd === el.value.length : el.selectionStart === 0)) {
        if (move(el, 0, right)) e.preventDefault();
      }
      return;
    }
    if (e.key.length === 1 && (!typing(el) || el.tagName === "SELECT")) {
      var pick = all("[data-key]", el.closest("td,th")).find(function (o) { return o.dataset.key === e.key.toLowerCase() && !o.disabled; });
      if (!pick) return;
      e.preventDefault();
      if (pick.tagName === "OPTION") { el.value = pick.value; el.dispatchEvent(new Event("change", { bubbles: true })); } else pick.click();
      move(pick.tagName === "OPTION" ? el : pick, 1, 0);
    }
  }
  document.addEventListener("click", function (e) {
    all("details[data-menu][open]").forEach(function (d) { if (!d.contains(e.target)) d.open = false; });
    var fill = e.target.closest("[data-fill]");
    if (fill) { var box = fill.parentElement.querySelector("input"); box.value = fill.dataset.fill; box.dispatchEvent(new Event("input", { bubbles: true })); box.focus(); }
    if (e.target.closest("[data-print]")) print();
  });

  // ---- saving as one goes
  function mark(e, words, bad) {
    var place = e.target.closest("[data-grid],form,section,main"), spot = place && place.querySelector("[data-saved]") || document.querySelector("main [data-saved]");
    if (spot) { spot.textContent = words; spot.classList.toggle("saved-bad", !!bad); }
  }
  function writes(e) { return e.detail.requestConfig ? e.detail.requestConfig.verb !== "get" : false; }
  document.addEventListener("htmx:beforeSend", function (e) { if (writes(e)) mark(e, say.saving); });
  document.addEventListener("htmx:afterRequest", function (e) {
    if (writes(e)) mark(e, e.detail.successful ? say.saved + " " + clock(new Date()) : say.unsaved, !e.detail.successful);
  });

  // ---- typed text survives a crash
  var skip = /^(csrfmiddlewaretoken|once|seen_version)$/, dirty = new Set();
  function texts(form) {
    return Array.from(form.elements).filter(function (f) { return f.name && !skip.test(f.name) && !/^(hidden|password|file|submit|button)$/.test(f.type); });
  }
  function name(form) { return "chibo:" + location.pathname + ":" + form.dataset.keep; }
  function keep(form) {
    var kept = { at: Date.now(), fields: texts(form).map(function (f) { return /radio|checkbox/.test(f.type) ? f.checked : f.value; }) };
    try { store.setItem(name(form), JSON.stringify(kept)); } catch (e) { /* full or forbidden: nothing is lost but comfort */ }
  }
  function restore(form) {
    var kept = null, fields = texts(form);
    try { kept = JSON.parse(store.getItem(name(form))); } catch (e) { /* unreadable: as if there were none */ }
    if (!kept || kept.fields.length !== fields.length || Date.now() - kept.at > 6048e5) return;
    var changed = false;
    fields.forEach(function (f, i) {
      var key = /radio|checkbox/.test(f.type) ? "checked" : "value";
      if (f[key] !== kept.fields[i]) { f[key] = kept.fields[i]; changed = true; }
    });
    if (!changed) return;
    dirty.add(form);
    var line = document.createElement("p"), drop = document.createElement("button");
    line.className = "notice notice-info"; line.setAttribute("role", "status");
    line.append(say.restored + " " + clock(new Date(kept.at)) + ". ");
    drop.type = "button"; drop.className = "button button-quiet"; drop.textContent = say.discard;
    drop.onclick = function () { store.removeItem(name(form)); dirty.delete(form); form.reset(); line.remove(); };
    line.append(drop); form.prepend(line);
  }
  if (store) {
    var sent = sessionStorage.getItem("chibo:sent");
    sessionStorage.removeItem("chibo:sent");
    // Sent, and the page that came shows neither that form again with errors nor the browser's own error page.
    if (sent && (document.querySelector(".messages .notice-ok") || !all("form[data-keep]").some(function (f) { return name(f) === sent; }))) store.removeItem(sent);
    all("form[data-keep]").forEach(function (form) {
      if (!form.querySelector(".error-summary")) restore(form);
      form.addEventListener("input", function () { dirty.add(form); clearTimeout(form.wait); form.wait = setTimeout(keep, 400, form); });
      form.addEventListener("submit", function () { clearTimeout(form.wait); keep(form); dirty.delete(form); sessionStorage.setItem("chibo:sent", name(form)); });
    });
    all("form[data-forget]").forEach(function (form) {
      form.addEventListener("submit", function () { Object.keys(store).forEach(function (k) { if (!k.indexOf("chibo:")) store.removeItem(k); }); });
    });
  }
  addEventListener("beforeunload", function (e) { if (dirty.size) e.preventDefault(); });

  // ---- the line is down
  function line() { var note = document.getElementById("offline"); if (note) note.hidden = navigator.onLine; }
  addEventListener("online", line); addEventListener("offline", line); line();
  var first = document.querySelector("[data-focus]");
  if (first) first.focus();
})();
