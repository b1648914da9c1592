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

  // Copying, for credits and checklists.
  const copied = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed, or not there without https: the old way.
      const area = document.createElement("textarea");
      area.className = "anp-hidden";
      area.value = text;
      button.after(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      button.focus();
      return done;
    }
  };

  // Buttons that copy a credit. One listener serves every page of instant navigation.
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("[data-anp-copy]");
    if (!button || !(await copied(button.dataset.anpCopy, button))) return;
    const before = button.dataset.anpLabel || button.ariaLabel;
    button.dataset.anpLabel = before;
    button.dataset.anpDone = "";
    button.ariaLabel = button.title = button.dataset.anpCopied;
    setTimeout(() => {
      delete button.dataset.anpDone;
      button.ariaLabel = button.title = before;
    }, 2000);
  });

  // Checklists. Ticks are kept in the browser, by the address of the page, which tells sites,
  // versions and languages apart, and by the id of the item, which comes from its text.
  const LIST = "[data-anp=checklist]";
  const BOX = "[data-anp-item]";
  const PREFIX = "anp:checklist:";
  const memory = new Map(); // what the browser does not store: it refuses, or is full
  const undo = new WeakMap(); // by button: the ticks before a reset
  const labels = new WeakMap(); // by button: its own label

  const keyOf = (path) => PREFIX + path.replace(/(\/index\.html|\/)$/, "");

  const here = () => keyOf(location.pathname);

  // Ticks by id: 1 for set, 0 for a box that is ticked from the start and was cleared.
  const read = (key) => {
    let stored = memory.get(key);
    try {
      stored = stored || JSON.parse(localStorage.getItem(key));
    } catch {
      // Blocked, or not ours to read: as if there were none.
    }
    const ticks = stored && stored.v === 1 && typeof stored.d === "object" ? stored.d : {};
    return Object.assign(Object.create(null), ticks);
  };

  const write = (key, d) => {
    const value = { v: 1, t: Date.now(), d };
    try {
      localStorage.setItem(key, JSON.stringify(value));
      memory.delete(key);
    } catch {
      memory.set(key, value);
    }
  };

  const boxesOf = (list) => [...list.querySelectorAll(BOX)];

  const set = (ticks, box, on) => {
    if (on === box.defaultChecked) delete ticks[box.dataset.anpItem];
    else ticks[box.dataset.anpItem] = Number(on);
  };

  const isOn = (ticks, box) =>
    box.dataset.anpItem in ticks ? Boolean(ticks[box.dataset.anpItem]) : box.defaultChecked;

  const put = (element, text) => {
    if (element) element.textContent = text;
  };

  const worded = (words, done, total) =>
    (words || "").replace("{done}", done).replace("{total}", total);

  const progress = (parent, words, done, total) => {
    const bar = parent.querySelector("progress");
    if (bar) bar.value = done;
    const text = worded(words, done, total);
    put(parent.querySelector(".anp-checklist__count"), text);
    return text;
  };

  // Only what the reader does is announced, so only then is there something to say.
  const say = (list, text) => {
    const status = list.querySelector("[role=status]");
    put(status, status && status.textContent === text ? `${text}\u00a0` : text);
  };

  const show = (list, ticks) => {
    const boxes = boxesOf(list);
    for (const box of boxes) box.checked = isOn(ticks, box);
    const done = boxes.filter((box) => box.checked).length;
    return progress(list, list.dataset.anpDone, done, boxes.length);
  };

  const label = (button, text) => {
    if (!labels.has(button)) labels.set(button, button.textContent);
    put(button, text || labels.get(button));
  };

  const change = (list, alter) => {
    const ticks = read(here());
    alter(ticks);
    write(here(), ticks);
    const text = show(list, ticks);
    const button = list.querySelector("[data-anp-tool=reset]");
    if (button && undo.delete(button)) label(button);
    return text;
  };

  const reset = (list, button) => {
    const before = undo.get(button);
    const now = read(here());
    const text = change(list, (ticks) => {
      for (const box of boxesOf(list)) set(ticks, box, before ? isOn(before, box) : box.defaultChecked);
    });
    if (before) return say(list, text);
    undo.set(button, now);
    label(button, button.dataset.anpUndo);
    say(list, button.dataset.anpSaid);
  };

  const SIGNS = { CODE: "`", STRONG: "**", EM: "*", DEL: "~~" };

  const markdown = (node) =>
    [...node.childNodes]
      .map((child) => {
        if (child.nodeType !== 1) return child.nodeType === 3 ? child.data : "";
        const sign = SIGNS[child.nodeName] || "";
        const text = child.nodeName === "IMG" ? child.alt : markdown(child);
        return child.nodeName === "A" ? `[${text}](${child.href})` : sign + text + sign;
      })
      .join("")
      .replace(/\s+/g, " ");

  const asMarkdown = (list) =>
    boxesOf(list)
      .map((box) => {
        const item = box.closest("li");
        const parent = item.parentNode;
        const number = [...parent.children].indexOf(item) + 1;
        const indent = parent.parentNode.closest("li") ? "    " : "";
        const sign = parent.nodeName === "OL" ? `${number}.` : "-";
        const text = item.querySelector(".anp-checklist__text") || box.parentNode;
        return `${indent}${sign} [${box.checked ? "x" : " "}] ${markdown(text).trim()}`;
      })
      .join("\n");

  const copy = async (list, button, text) => {
    const { anpSaid, anpFailed } = button.dataset;
    const said = (await copied(text, button)) ? anpSaid : anpFailed;
    label(button, said);
    say(list, said);
    setTimeout(() => label(button), 2000);
  };

  // A link with ticks. They take the place of the reader's own only when a button is pressed.
  const plainAddress = () => location.href.split("#")[0];

  const linked = () => {
    const found = /^#anp=([\w.-]*)$/.exec(location.hash);
    return found && new Set(found[1].split("."));
  };

  const address = (list) => {
    const on = boxesOf(list).filter((box) => box.checked);
    return `${plainAddress()}#anp=${on.map((box) => box.dataset.anpItem).join(".")}`;
  };

  const offer = (list) => {
    const part = list.querySelector("[data-anp-offer]");
    if (!part) return;
    const ids = linked();
    const boxes = boxesOf(list);
    const differs = (box) => box.checked !== ids.has(box.dataset.anpItem);
    part.hidden = !ids || !boxes.some(differs);
    if (part.hidden) return;
    const done = boxes.filter((box) => ids.has(box.dataset.anpItem)).length;
    put(part.querySelector("p"), worded(part.dataset.anpOffer, done, boxes.length));
  };

  const answer = (list, takes) => {
    const ids = linked();
    if (ids && takes) {
      const alter = (ticks) => {
        for (const box of boxesOf(list)) set(ticks, box, ids.has(box.dataset.anpItem));
      };
      say(list, change(list, alter));
    }
    list.querySelector("[data-anp-offer]").hidden = true;
    history.replaceState(history.state, "", plainAddress());
    list.querySelector(BOX).focus();
  };

  const TOOLS = {
    copy: (list, button) => copy(list, button, asMarkdown(list)),
    share: (list, button) => copy(list, button, address(list)),
    reset,
    take: (list) => answer(list, true),
    keep: (list) => answer(list, false),
  };

  // All checklists of the site, on the page that lists them.
  const showEntry = (entry, words) => {
    const ids = entry.dataset.anpItems.split(" ");
    const ticks = read(keyOf(new URL(entry.querySelector("a").href).pathname));
    progress(entry, words, ids.filter((id) => ticks[id]).length, ids.length);
    for (const part of entry.querySelectorAll("[hidden]")) part.hidden = false;
    const total = entry.querySelector(".anp-checklists__total");
    if (total) total.hidden = true;
  };

  const showAll = () => {
    for (const list of document.querySelectorAll(LIST)) {
      show(list, read(here()));
      for (const part of list.querySelectorAll(".anp-checklist__bar, .anp-checklist__tools")) {
        part.hidden = false;
      }
      offer(list);
    }
    for (const all of document.querySelectorAll("[data-anp=checklists]")) {
      for (const entry of all.querySelectorAll("[data-anp-items]")) {
        showEntry(entry, all.dataset.anpDone);
      }
    }
  };

  document.addEventListener("change", ({ target }) => {
    const list = target.matches(BOX) && target.closest(LIST);
    if (list) say(list, change(list, (ticks) => set(ticks, target, target.checked)));
  });

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-anp-tool]");
    const list = target.closest(LIST);
    if (!list) return;
    if (button) TOOLS[button.dataset.anpTool](list, button);
    // A text with links is no label; but between them it is clicked like one.
    else if (!target.closest("a, label") && target.closest("div.anp-checklist__row")) {
      target.closest("div.anp-checklist__row").querySelector(BOX).click();
    }
  });

  addEventListener("storage", ({ key }) => {
    if (!key || key.startsWith(PREFIX)) showAll();
  });
  addEventListener("pageshow", showAll);
  addEventListener("hashchange", showAll);
  // Material tells of each page; elsewhere there is but one, and this script runs at its end.
  if (window.document$) window.document$.subscribe(showAll);
  else showAll();
})();
