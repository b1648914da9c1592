/* mkdocs-anp. The page is complete without this script. */
(() => {
  "use strict";

  // Browsers without ::details-content print closed parts closed: open them for the print.
  // The listeners are on the window, which instant navigation keeps: they are set once.
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll(".anp-fold:not([open])")];
      for (const fold of opened) fold.open = true;
    });
    addEventListener("afterprint", () => {
      for (const fold of opened) fold.open = false;
      opened = [];
    });
  }

  // Copy buttons. One listener on the document serves every page of instant navigation.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without a secure origin there is no clipboard, but there is this.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "anp-hidden";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-anp-copy]");
    if (!button || !(await copy(button.dataset.anpCopy))) return;
    const label = button.dataset.anpLabel || button.ariaLabel;
    button.dataset.anpLabel = label;
    button.focus({ preventScroll: true });
    button.dataset.anpDone = "";
    button.ariaLabel = button.title = button.dataset.anpCopied;
    setTimeout(() => {
      delete button.dataset.anpDone;
      button.ariaLabel = button.title = label;
    }, 2000);
  });
})();
