/* Files may be dropped anywhere on the page; what is too much is said before it is sent.  The form works
   without this. */
(() => {
  "use strict";
  const form = document.getElementById("drop");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const refused = document.getElementById("drop-refused");
  form.querySelector(".drop-hint").hidden = false;

  const refusal = () => {
    const files = [...input.files];
    if (files.length > Number(form.dataset.mostFiles)) return form.dataset.tooMany;
    const together = files.reduce((sum, file) => sum + file.size, 0);
    return together > Number(form.dataset.mostBytes) ? form.dataset.tooLarge : "";
  };
  const look = () => {
    const why = refusal();
    refused.replaceChildren();
    if (why) refused.append(Object.assign(document.createElement("p"), { textContent: why }));
    return !why;
  };
  input.addEventListener("change", look);
  form.addEventListener("submit", (event) => {
    if (!look()) {
      event.preventDefault();
      return;
    }
    const button = form.querySelector("button");
    button.disabled = true;
    button.textContent = "Sending";
  });
  window.addEventListener("pageshow", () => {
    const button = form.querySelector("button");
    button.disabled = false;
    button.textContent = "Read these files";
  });

  const over = (event) => {
    if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  };
  document.addEventListener("dragover", over);
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) form.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer || !event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    if (look()) form.requestSubmit();
  });
})();
