/* data-confirm on a button: the question is asked in a dialog before the button does what it does. */
export function confirmations() {
  const dialog = document.getElementById("confirm");
  let asked = null;

  document.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("[data-confirm]");
      if (!button || button === asked) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(dialog, button);
      dialog.addEventListener("close", () => answered(button), { once: true });
    },
    true,
  );

  function answered(button) {
    if (dialog.returnValue !== "yes") return button.focus();
    asked = button;
    button.click();
    asked = null;
  }
}

function ask(dialog, button) {
  const title = dialog.querySelector("#confirm-title");
  title.dataset.usual ??= title.textContent;
  title.textContent = button.dataset.confirmTitle ?? title.dataset.usual;
  dialog.querySelector("#confirm-text").textContent = button.dataset.confirm;
  const yes = dialog.querySelector("[data-confirm-yes]");
  yes.textContent = button.textContent.trim();
  yes.classList.toggle("button-danger", button.classList.contains("button-danger"));
  yes.classList.toggle("button-primary", !button.classList.contains("button-danger"));
  dialog.returnValue = "no";
  dialog.showModal();
}
