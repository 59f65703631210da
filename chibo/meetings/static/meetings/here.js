/* A slip's code was scanned: mark at once who came. Without scripts it is one press. */
const form = document.querySelector("form[data-at-once]");
if (form && !form.querySelector(".field-error")) form.requestSubmit();
