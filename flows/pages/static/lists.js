"use strict";
// Lists that are searched as one types, without accents, and tables that are sorted by a click on a head.
// Without this script the whole list is there, in its order.
(() => {
  const folded = (text) => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");

  for (const label of document.querySelectorAll("[data-search]")) {
    const list = document.getElementById(label.dataset.search), field = label.querySelector("input");
    const narrow = () => {
      const wanted = folded(field.value).split(/\s+/).filter(Boolean);
      for (const group of list.querySelectorAll("[data-group]")) {
        const entries = [...group.querySelectorAll("[data-find]")];
        for (const one of entries) one.hidden = !wanted.every((word) => one.dataset.find.includes(word));
        group.hidden = entries.every((one) => one.hidden);
        group.open = wanted.length > 0;
      }
    };
    label.hidden = false;
    field.addEventListener("input", narrow);
    if (field.value) narrow();
  }

  const cell = (row, at) => row.cells[at].dataset.sort ?? folded(row.cells[at].textContent);
  const compare = (a, b) => (isNaN(a) || isNaN(b) || a === "" || b === "" ? a.localeCompare(b) : a - b);
  for (const table of document.querySelectorAll("table.sorted")) {
    for (const head of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending", body = table.tBodies[0];
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...body.rows].sort((a, b) => compare(cell(a, head.cellIndex), cell(b, head.cellIndex)));
        body.append(...(up ? rows : rows.reverse()));
      });
    }
  }
})();
