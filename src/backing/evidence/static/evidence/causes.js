/* Keys for coding causes: a sign picks a cause, Shift with it adds one, Enter saves, n goes on.
   Everything they do can be done with the mouse, and they can be switched off. */
"use strict";

const form = document.getElementById("pick");
const next = document.getElementById("next");
const switched = document.getElementById("keys-on");

if (form) document.documentElement.classList.add("has-keys");
if (switched) {
  switched.checked = localStorage.getItem("coding-keys") !== "off";
  switched.addEventListener("change", () => localStorage.setItem("coding-keys", switched.checked ? "on" : "off"));
}

const signOf = (event) => (event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase());

document.addEventListener("keydown", (event) => {
  const on = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || (switched && !switched.checked)) return;
  if (on.matches("input[type=text], textarea, select")) return;
  const sign = signOf(event);
  if (sign === "n" && next) return next.click();
  if (!form) return;
  if (event.key === "Enter" && !on.matches("button, a, summary")) {
    event.preventDefault();
    return form.requestSubmit();
  }
  const found = form.querySelector(event.shiftKey ? `[data-also="${CSS.escape(sign)}"]` : `[data-key="${CSS.escape(sign)}"]`);
  if (!found || sign.length !== 1) return;
  event.preventDefault();
  found.checked = event.shiftKey ? !found.checked : true;
  found.focus();
});
