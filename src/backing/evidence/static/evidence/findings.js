// The panel that says who: closing it, giving the focus back, and copying its sentence.
// Without this script every figure is a link to a page of its own, and the sentence can be selected.
(function () {
  "use strict";
  document.documentElement.classList.add("has-script");
  let asked = null;

  function panel() {
    return document.getElementById("says-who");
  }

  function mark(figure) {
    if (asked) asked.classList.remove("asked");
    asked = figure;
    if (asked) asked.classList.add("asked");
  }

  function close() {
    const open = panel();
    if (!open || !open.firstElementChild) return;
    open.replaceChildren();
    const back = asked;
    mark(null);
    if (back) back.focus();
  }

  async function copy(button) {
    const text = document.getElementById(button.dataset.copies);
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = "Selected: press Ctrl+C, or Cmd+C.";
    }
  }

  document.addEventListener("click", function (event) {
    const closes = event.target.closest("[data-closes]");
    const copies = event.target.closest("[data-copies]");
    const figure = event.target.closest("a.fig[hx-get]");
    if (closes) {
      event.preventDefault();
      close();
    } else if (copies) {
      copy(copies);
    } else if (figure && panel() && !panel().contains(figure)) {
      mark(figure);
    }
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    const heading = event.target.id === "says-who" && event.target.querySelector("h2");
    if (heading) heading.focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
  });
})();
