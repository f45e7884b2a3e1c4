"use strict";
// A mark opens its finding; j and k walk through what the filters show; Escape closes. Without script every link works.
const marks = [...document.querySelectorAll(".text a")];
const cards = [...document.querySelectorAll("details")];
let here = null;

function show(card, mark) {
  document.querySelectorAll(".here").forEach((old) => old.classList.remove("here"));
  cards.forEach((other) => { other.open = other === card; });
  here = card;
  marks.filter((one) => one.hash === "#" + card.id).forEach((one) => one.classList.add("here"));
  (mark || card).scrollIntoView({ block: "center" });
  if (!mark) card.querySelector("summary").focus({ preventScroll: true });
  else card.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const shown = cards.filter((card) => !card.hidden);
  if (!shown.length) return;
  const at = here ? shown.indexOf(here) + by : by > 0 ? 0 : shown.length - 1;
  show(shown[(at + shown.length) % shown.length]);
}

function filter() {
  const wanted = new Set([...document.querySelectorAll("nav input:checked")].map((box) => box.value));
  for (const one of [...cards, ...marks]) {
    const is = one.dataset.family && wanted.has(one.dataset.family) && (!one.classList.contains("excused") || wanted.has("excused"));
    if (one.tagName === "DETAILS") one.hidden = !is;
    else { one.className = is ? one.dataset.look : ""; one.tabIndex = is ? 0 : -1; }
  }
}

marks.forEach((mark) => {
  mark.dataset.look = mark.className;
  mark.addEventListener("click", (event) => {
    event.preventDefault();
    show(document.getElementById(mark.hash.slice(1)), mark);
  });
});
document.querySelectorAll("nav input").forEach((box) => box.addEventListener("change", filter));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "Escape") cards.forEach((card) => { card.open = false; });
});
document.body.classList.add("scripted");
filter();
if (location.hash && cards.some((card) => "#" + card.id === location.hash)) {
  show(document.querySelector(location.hash), marks.find((mark) => mark.hash === location.hash));
}
