"use strict";
// A figure that is chosen, by pointer or by keyboard, has its card beside the text, and the words that gave its slots light up.
// Without this script its link leads to the card.
(() => {
  const panel = document.getElementById("panel");
  if (!panel) return;
  const told = document.getElementById("told");
  let chosen = null;

  const copyOf = (key) => {
    const card = document.getElementById(key).cloneNode(true);
    card.removeAttribute("id");
    return card;
  };
  const light = (mark, on) => {
    for (const key of mark.dataset.figures.split(" "))
      for (const words of document.querySelectorAll(`[data-gives~="${key}"]`)) words.classList.toggle("gives", on);
    if (on) mark.setAttribute("aria-current", "true");
    else mark.removeAttribute("aria-current");
  };
  const hide = () => {
    if (chosen) light(chosen, false);
    chosen = null;
    panel.hidden = true;
  };
  const show = (mark) => {
    if (chosen === mark) return;
    hide();
    chosen = mark;
    panel.hidden = false;
    told.replaceChildren(...mark.dataset.figures.split(" ").map(copyOf));
    light(mark, true);
  };
  const close = () => {
    if (!chosen) return;
    chosen.focus(); // whoever reads by keyboard goes on from there
    hide();
  };
  const markAt = (event) => event.target.closest("a.figure");

  document.addEventListener("focusin", (event) => {
    if (markAt(event)) show(markAt(event));
  });
  document.addEventListener("click", (event) => {
    if (!markAt(event) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(markAt(event));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.getElementById("close").addEventListener("click", close);
  const named = document.getElementById(location.hash.slice(1)); // a link from a series leads to the words
  if (named?.matches("a.figure")) show(named);
})();
