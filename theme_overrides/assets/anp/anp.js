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
})();
